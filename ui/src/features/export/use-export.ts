//! An export from here: begun, followed, stopped.

import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exported } from '../../bindings/Exported';
import type { ExportProgress } from '../../bindings/ExportProgress';
import type { ExportView } from '../../bindings/ExportView';
import { useToast } from '../../components/toast';
import { useFormat } from '../../format/use-format';
import { call } from '../../ipc/call';
import { toFailure } from '../../ipc/errors';
import { onEvent } from '../../ipc/events';

/** `onEnd` is told when there is nothing left to follow: the file is there, or the export was stopped. */
export function useExport(onEnd: () => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const toast = useToast();
  const [progress, setProgress] = useState<ExportProgress>();

  useEffect(() => {
    const listening = onEvent('export-progress', setProgress);
    return () => void listening.then((end) => end());
  }, []);

  const reveal = (path: string) => call('reveal_export', { path }).catch(toast.failure);
  const run = useMutation({
    mutationFn: (values: ExportView) => call('export_view', values),
    onMutate: () => setProgress(undefined),
    onSuccess: ({ path, rows }: Exported) => {
      onEnd();
      toast.offer(t('export.done', { count: rows, number: format.number(rows) }), path, {
        label: t('export.show'),
        run: () => void reveal(path),
      });
    },
    onError: (error) => {
      if (toFailure(error).code === 'canceled') onEnd();
    },
  });

  const failure = run.error && toFailure(run.error);
  return {
    start: run.mutate,
    isRunning: run.isPending,
    progress,
    failure: failure?.code === 'canceled' ? null : failure,
    stop: () => void call('cancel_export', null).catch(toast.failure),
  };
}
