//! What is remembered of the last export of a list.

import type { ExportFormat } from '../bindings/ExportFormat';

/** A column by its word, which another version may have written. */
export interface KeptColumn {
  column: string;
  chosen: boolean;
}

export interface ExportChoice {
  format: ExportFormat;
  byLine: boolean;
  /** In their order; absent while they are those of the list. */
  columns?: readonly KeptColumn[] | undefined;
}

/** Whatever was stored, by whichever version, as a choice that can be used. */
export function readExportChoice(stored: unknown): ExportChoice {
  const { format, byLine, columns } = (stored ?? {}) as Partial<Record<keyof ExportChoice, unknown>>;
  const known = Array.isArray(columns)
    ? columns.flatMap((one: Partial<KeptColumn> | null) =>
        typeof one?.column === 'string' ? [{ column: one.column, chosen: one.chosen === true }] : [],
      )
    : [];
  return {
    format: format === 'csv' ? 'csv' : 'xlsx',
    byLine: byLine === true,
    columns: known.length > 0 ? known : undefined,
  };
}
