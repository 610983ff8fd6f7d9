//! What the overview reads: day totals of a span and of the one before.

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { orderTotals } from '../../api/queries';
import { useNow } from '../../format/now';
import { dayText } from '../../format/zone';
import { useZone } from '../../preferences/use-zone';
import { type Range, spansOf } from './spans';

export function useTotals(range: Range, shops: string[]) {
  const zone = useZone();
  const today = dayText(useNow(), zone);
  const spans = useMemo(() => spansOf(today, range), [today, range]);
  const read = useQuery({
    ...orderTotals({
      shops,
      first_day: spans.before[0] ?? '',
      last_day: spans.now.at(-1) ?? '',
      zone,
    }),
    placeholderData: keepPreviousData,
  });
  return { spans, totals: read.data, error: read.error, retry: () => void read.refetch() };
}
