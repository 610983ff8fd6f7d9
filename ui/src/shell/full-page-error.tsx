import { useTranslation } from 'react-i18next';
import type { Failure } from '../bindings/Failure';
import { Button } from '../components/button';
import { ErrorBox } from '../components/error-box';
import { useOpen } from './open-dialog';

interface FullPageErrorProps {
  failure: Failure;
  onRetry: () => void;
}

/** The profile could not be opened, so there is nothing else to show. */
export function FullPageError({ failure, onRetry }: FullPageErrorProps) {
  const { t } = useTranslation();
  const open = useOpen();
  return (
    <main className="flex h-full items-center justify-center p-8">
      <div className="flex w-full max-w-[560px] flex-col gap-4">
        <h1 className="flex items-center gap-2 text-lg font-semibold">
          <img src="/icon.png" alt="" className="size-5" />
          {t('app.name')}
        </h1>
        <ErrorBox failure={failure} on={{ retry: onRetry }} />
        <Button
          variant="quiet"
          className="self-start"
          data-testid="open-diagnostics"
          onClick={open.diagnostics}
        >
          {t('diagnostics.open')}
        </Button>
      </div>
    </main>
  );
}
