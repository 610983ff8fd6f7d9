import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCopy } from '../../api/mutations';
import { useFormat } from '../../format/use-format';
import { useToast } from '../toast';

/** More numbers than this are no longer pasted anywhere by hand. */
export const COPY_LIMIT = 10_000;

/** Copies the numbers of many rows, one on each line. */
export function useCopySelection<Row>(
  rowsOf: (indices: readonly number[]) => Promise<Row[]>,
  idOf: (row: Row) => string,
) {
  const { t } = useTranslation();
  const format = useFormat();
  const toast = useToast();
  const copy = useCopy();
  const [busy, setBusy] = useState(false);
  const start = async (indices: readonly number[]) => {
    if (indices.length > COPY_LIMIT) {
      toast.refusal(t('list.copy_limit', { number: format.number(COPY_LIMIT) }));
      return;
    }
    setBusy(true);
    try {
      const rows = await rowsOf(indices);
      copy(
        rows.map(idOf).join('\n'),
        t('list.copied', { count: rows.length, number: format.number(rows.length) }),
      );
    } catch (error) {
      toast.failure(error);
    } finally {
      setBusy(false);
    }
  };
  return { start: (indices: readonly number[]) => void start(indices), busy };
}
