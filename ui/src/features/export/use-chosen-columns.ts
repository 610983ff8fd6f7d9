import { useState } from 'react';
import type { ExportColumn } from '../../bindings/ExportColumn';
import type { Resource } from '../../bindings/Resource';
import { preferences, setPreference } from '../../preferences/preferences';
import { type ChosenColumn, columnsOf, withKept } from './export-columns';

/** The columns of a file: as the list shows them, until the seller chooses otherwise. */
export function useChosenColumns(resource: Resource, shown: readonly string[]) {
  const [own, setOwn] = useState<readonly ChosenColumn[] | undefined>(() => {
    const kept = preferences().exports[resource].columns;
    return kept && withKept(columnsOf(resource, shown), kept);
  });
  const columns = own ?? columnsOf(resource, shown);
  return {
    columns,
    isOwn: own !== undefined,
    toggle: (column: ExportColumn) =>
      setOwn(columns.map((one) => (one.column === column ? { column, chosen: !one.chosen } : one))),
    move: (column: ExportColumn, target: ExportColumn) =>
      setOwn((now = columns) => {
        const next = now.filter((one) => one.column !== column);
        const to = now.findIndex((one) => one.column === target);
        next.splice(to, 0, ...now.filter((one) => one.column === column));
        return next;
      }),
    asShown: () => setOwn(undefined),
    /** Keeps the choice for the next export of this kind. */
    keep: (others: { format: 'xlsx' | 'csv'; byLine: boolean }) =>
      setPreference('exports', { ...preferences().exports, [resource]: { ...others, columns: own } }),
  };
}
