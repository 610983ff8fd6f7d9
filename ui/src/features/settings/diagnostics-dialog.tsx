//! The diagnostics bundle: shows exactly what goes in, and saves exactly that.

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSaveDiagnostics } from '../../api/mutations';
import { diagnostics } from '../../api/queries';
import type { DiagnosticsFile } from '../../bindings/DiagnosticsFile';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ErrorBox } from '../../components/error-box';
import { useToast } from '../../components/toast';
import { useFormat } from '../../format/use-format';
import { call } from '../../ipc/call';
import { toFailure } from '../../ipc/errors';

export function DiagnosticsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const files = useQuery(diagnostics);
  const save = useSaveDiagnostics();
  const failure = save.error ?? files.error;
  const run = () =>
    save.mutate(null, {
      onSuccess: ({ path }) => {
        onClose();
        toast.offer(t('diagnostics.saved'), path, {
          label: t('export.show'),
          run: () => void call('reveal_export', { path }).catch(toast.failure),
        });
      },
    });
  return (
    <Dialog
      title={t('diagnostics.title')}
      onClose={onClose}
      wide
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            data-testid="save-diagnostics"
            disabled={!files.data || files.isFetching}
            busy={save.isPending}
            onClick={run}
          >
            {t('diagnostics.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-muted">{t('diagnostics.lead')}</p>
        {files.isFetching ? (
          <p role="status" className="text-muted">
            {t('diagnostics.gathering')}
          </p>
        ) : (
          files.data?.map((file) => <FilePreview key={file.name} file={file} />)
        )}
        {failure && (
          <ErrorBox
            failure={toFailure(failure)}
            on={{ retry: save.error ? run : () => void files.refetch() }}
          />
        )}
      </div>
    </Dialog>
  );
}

function FilePreview({ file }: { file: DiagnosticsFile }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <details className="rounded-md border border-line" data-testid="diagnostics-file">
      <summary className="flex items-baseline gap-2 rounded-md px-3 py-2 select-none hover:bg-hover">
        <span className="font-mono font-medium">{file.name}</span>
        <span className="text-muted">{t(`diagnostics.holds.${kindOf(file.name)}`)}</span>
        <span className="ml-auto text-muted tabular-nums">
          {format.bytes(new TextEncoder().encode(file.text).length)}
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre tabIndex={0} className="max-h-72 overflow-auto border-t border-line p-3 text-xs select-text">
        {file.text}
      </pre>
    </details>
  );
}

const KINDS: Record<string, 'app' | 'shops' | 'sync_log' | 'log'> = {
  'app.json': 'app',
  'shops.json': 'shops',
  'sync-log.json': 'sync_log',
};

const kindOf = (name: string) => KINDS[name] ?? 'log';
