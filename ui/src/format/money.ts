//! Amounts in minor units, as the seller reads them.

import type { Money } from '../bindings/Money';

// Decimals of the minor unit (ISO 4217) where they are not two; the same as `Currency::exponent` in desk-model.
const WITHOUT_DECIMALS = new Set(
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '),
);
const WITH_THREE_DECIMALS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

export function exponentOf(currency: string): number {
  if (WITHOUT_DECIMALS.has(currency)) return 0;
  return WITH_THREE_DECIMALS.has(currency) ? 3 : 2;
}

/** The number without its currency: `1,299.50`. */
export function formatAmount({ minor, currency }: Money, language: string): string {
  const digits = exponentOf(currency);
  return withDecimals(language, digits).format(minor / 10 ** digits);
}

const made = new Map<string, Intl.NumberFormat>();

/** A format is costly to make, and every row of a list needs one. */
function withDecimals(language: string, digits: number): Intl.NumberFormat {
  const key = `${language} ${digits}`;
  const known = made.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  made.set(key, format);
  return format;
}
