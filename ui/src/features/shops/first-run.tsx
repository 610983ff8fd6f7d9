import { ClipboardPaste, FlaskConical, type LucideIcon, Store } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useOpenDemo } from '../../api/mutations';
import { Icon } from '../../components/icon';
import { useToast } from '../../components/toast';
import { useOpen } from '../../shell/open-dialog';

/** The first screen: no shop yet, three ways to begin. */
export function FirstRun({ demo }: { demo: boolean }) {
  const { t } = useTranslation();
  const open = useOpen();
  const openDemo = useOpenDemo();
  const toast = useToast();
  return (
    <div className="flex flex-1 items-center justify-center overflow-y-auto bg-surface p-8">
      <div className="flex w-full max-w-[520px] flex-col gap-6">
        <header className="flex flex-col gap-2">
          <h1 className="text-xl font-semibold">{t('first_run.title')}</h1>
          <p className="text-base text-muted">{t('first_run.lead')}</p>
        </header>
        <div className="flex flex-col gap-2.5">
          <Door
            testId="add-shop"
            icon={Store}
            title={t('first_run.authorize')}
            hint={t('first_run.authorize_hint')}
            main
            onClick={() => open.authorize()}
          />
          <Door
            testId="paste-token"
            icon={ClipboardPaste}
            title={t('first_run.paste')}
            hint={t('first_run.paste_hint')}
            onClick={() => open.authorize(undefined, 'paste')}
          />
          {!demo && (
            <Door
              testId="open-demo"
              icon={FlaskConical}
              title={t('first_run.demo')}
              hint={t('first_run.demo_hint')}
              busy={openDemo.isPending}
              onClick={() => openDemo.mutate(null, { onError: toast.failure })}
            />
          )}
        </div>
      </div>
    </div>
  );
}

interface DoorProps {
  testId: string;
  icon: LucideIcon;
  title: string;
  hint: string;
  main?: boolean;
  busy?: boolean;
  onClick: () => void;
}

function Door({ testId, icon, title, hint, main = false, busy = false, onClick }: DoorProps) {
  return (
    <button
      type="button"
      data-testid={testId}
      disabled={busy}
      onClick={onClick}
      className={`flex items-center gap-4 rounded-lg border px-4 py-3.5 text-left transition-calm disabled:opacity-50 ${main ? 'border-accent bg-accent-soft hover:bg-selected' : 'border-line-strong bg-surface hover:bg-hover'}`}
    >
      <span
        className={`flex size-9 shrink-0 items-center justify-center rounded-md ${main ? 'bg-accent text-on-accent' : 'bg-hover text-muted'}`}
      >
        <Icon of={icon} />
      </span>
      <span className="flex flex-col gap-0.5">
        <span className="text-base font-semibold">{title}</span>
        <span className="text-muted">{hint}</span>
      </span>
    </button>
  );
}
