//! What the overview reads: day totals of a span and of the one before.

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { orderTotals } from '../../api/queries';
import { useNow } from '../../format/now';
import { startOfDay } from '../../format/time';
import { type Range, spansOf } from './spans';

export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function useTotals(range: Range, shops: string[]) {
  const today = startOfDay(useNow());
  const spans = useMemo(() => spansOf(today, range), [today, range]);
  const read = useQuery({
    ...orderTotals({
      shops,
      first_day: spans.before[0] ?? '',
      last_day: spans.now.at(-1) ?? '',
      zone: zone(),
    }),
    placeholderData: keepPreviousData,
  });
  return { spans, totals: read.data, error: read.error, retry: () => void read.refetch() };
}
