import { useTranslation } from 'react-i18next';
import { Dialog } from '../components/dialog';
import { KeyCaps } from '../keyboard/key-caps';
import { SHORTCUTS, type ShortcutGroup, type ShortcutIn } from '../keyboard/shortcuts';

const GROUPS = Object.keys(SHORTCUTS) as ShortcutGroup[];

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose} wide>
      <div className="gap-x-8 sm:columns-2">
        {GROUPS.map((group) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-xs font-semibold text-muted">{t(`shortcuts.group_${group}`)}</h3>
            <dl className="flex flex-col">
              {(Object.keys(SHORTCUTS[group]) as ShortcutIn<typeof group>[]).map((name) => (
                <div key={name} className="flex min-h-7 items-center justify-between gap-4">
                  <dt className="truncate">{t(`shortcuts.${group}.${name}` as 'shortcuts.window.sync')}</dt>
                  <dd>
                    <KeyCaps group={group} name={name} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
