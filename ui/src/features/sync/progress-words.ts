import { useTranslation } from 'react-i18next';
import type { SyncProgress } from '../../bindings/SyncProgress';
import { useFormat } from '../../format/use-format';

/** How much of the pages known so far is done; `null` before the first is known. */
export const progressShare = ({ pages_done, pages_total }: SyncProgress): number | null =>
  pages_total > 0 ? Math.min(1, pages_done / pages_total) : null;

/** What is read, for what, and how far it has come. */
export function useProgressWords(): (progress: SyncProgress) => string {
  const { t } = useTranslation();
  return (progress) => {
    const data = t(`resource.${progress.resource}`);
    // What changed is what a sync is about; everything else is said.
    const resource =
      progress.task === 'changes'
        ? data
        : t('sync.for', { resource: data, task: t(`sync.task.${progress.task}`) });
    return progress.pages_total === 0
      ? t('sync.starting', { resource })
      : t('sync.progress', { resource, done: progress.pages_done, total: progress.pages_total });
  };
}

const MINUTE = 60;

/** Rows per second so far; nothing while that is not known. */
export function rateOf({ rows_done, rows_total, seconds_left }: SyncProgress): number | null {
  if (rows_total === null || !seconds_left || rows_total <= rows_done) return null;
  return Math.max(1, Math.round((rows_total - rows_done) / seconds_left));
}

/** A span that may be shorter than a minute. */
export function useDurationWords(): (seconds: number) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (seconds) => (seconds < MINUTE ? t('sync.seconds', { seconds }) : format.span(seconds));
}

/** How long it still takes; nothing while that is not known. */
export function useTimeLeftWords(): (progress: SyncProgress) => string | null {
  const { t } = useTranslation();
  const duration = useDurationWords();
  return ({ seconds_left: seconds }) =>
    seconds === null ? null : t('sync.left', { span: duration(seconds) });
}
