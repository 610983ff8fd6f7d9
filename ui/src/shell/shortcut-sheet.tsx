import { useTranslation } from 'react-i18next';
import { Dialog } from '../components/dialog';

const SHORTCUTS = [
  ['pages', 'Ctrl 1 … 6'],
  ['sync', 'Ctrl R'],
  ['search', '/'],
  ['move', '↑ ↓ PgUp PgDn'],
  ['ends', 'Home End'],
  ['open', 'Enter'],
  ['copy', 'Ctrl C'],
  ['close', 'Esc'],
  ['help', '?'],
] as const;

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose}>
      <dl className="flex flex-col divide-y divide-line">
        {SHORTCUTS.map(([name, keys]) => (
          <div key={name} className="flex items-center justify-between gap-4 py-2">
            <dt>{t(`shortcuts.${name}`)}</dt>
            <dd className="flex gap-1">
              {keys.split(' ').map((key) => (
                <kbd
                  key={key}
                  className="rounded-sm border border-line-strong bg-page px-1.5 font-mono text-xs"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
