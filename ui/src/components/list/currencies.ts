//! The currencies that amounts can be filtered by.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RowOf } from '../../api/list-rows';
import { usePreference } from '../../preferences/preferences';

/** Of the platform's sites; others are offered where rows have them. */
const USUAL = ['USD', 'EUR', 'GBP', 'CAD', 'AUD', 'JPY', 'MXN', 'BRL', 'KRW', 'PLN', 'SEK', 'CNY'];

type Priced = 'orders' | 'products';

const currencyOf = (row: RowOf[Priced]): string | undefined =>
  ('order_sn' in row ? row.currency : row.price?.currency) ?? undefined;

/** Those of the rows that were read, the most common first. */
function mostCommon(rows: readonly RowOf[Priced][]): string[] {
  const counts = new Map<string, number>();
  for (const currency of rows.map(currencyOf)) {
    if (currency) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one).map(([currency]) => currency);
}

/** What to choose among, and the likeliest of them: that of the last time, unless all rows have others. */
export function useCurrencies(resource: Priced) {
  const client = useQueryClient();
  const last = usePreference('currency');
  // As they were when it was opened: choosing does not change the order.
  const [currencies] = useState(() => {
    const blocks = client.getQueriesData<RowOf[Priced][]>({ queryKey: [resource, 'rows'] });
    const ofRows = mostCommon(blocks.flatMap(([, rows]) => rows ?? []));
    const likeliest = ofRows.includes(last) ? last : (ofRows[0] ?? last);
    return { likeliest, all: [...new Set([...ofRows, last, ...USUAL])] };
  });
  return currencies;
}
