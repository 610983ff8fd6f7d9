//! Which columns a grid shows, in which order and how wide: what the seller chose, and else what has room.

import type { Column } from './column';

/** What the seller decided about a column; what is absent is as usual. */
export interface ColumnChoice {
  key: string;
  shown?: boolean;
  /** In px. */
  width?: number;
}

/** The columns in their order; empty while nothing was ever decided. */
export type ColumnLayout = readonly ColumnChoice[];

export const LEAST_WIDTH = 48;
export const MOST_WIDTH = 640;

/** Space between two cells, and at both ends of a row, in px. */
export const GAP = 12;
export const EDGE = 16;
/** The boxes that select rows, and the arrows that unfold them. */
export const CHECK_WIDTH = 16;
const ARROW_WIDTH = 20;
/** Where the first column begins, after box and arrow. */
export const LEAD = EDGE + CHECK_WIDTH + ARROW_WIDTH + GAP / 2;

export const clampWidth = (width: number): number =>
  Math.round(Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, width)));

export function readLayout(stored: unknown): ColumnLayout {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((choice: Partial<ColumnChoice> | null) => {
    if (typeof choice?.key !== 'string') return [];
    return [
      {
        key: choice.key,
        ...(typeof choice.shown === 'boolean' && { shown: choice.shown }),
        ...(typeof choice.width === 'number' && { width: clampWidth(choice.width) }),
      },
    ];
  });
}

export interface PlacedColumn<Row> {
  column: Column<Row>;
  choice: ColumnChoice;
}

/** Every column in the seller's order; one that the layout does not know keeps its usual neighbour. */
export function arrangeColumns<Row>(
  columns: readonly Column<Row>[],
  layout: ColumnLayout,
): PlacedColumn<Row>[] {
  const known = layout.flatMap((choice) => {
    const column = columns.find(({ key }) => key === choice.key);
    return column ? [{ column, choice }] : [];
  });
  columns.forEach((column, index) => {
    if (known.some(({ choice }) => choice.key === column.key)) return;
    const before = columns[index - 1]?.key;
    known.splice(known.findIndex(({ choice }) => choice.key === before) + 1, 0, {
      column,
      choice: { key: column.key },
    });
  });
  return known;
}

export const widthOf = <Row>({ column, choice }: PlacedColumn<Row>): number =>
  Math.max(choice.width ?? column.width, column.least ?? 0);

const isFixed = <Row>({ column, choice }: PlacedColumn<Row>): boolean => choice.shown ?? column.rank === 0;

/** The columns to show in this width: the ones asked for, and as many of the others as have room, by rank. */
export function fitColumns<Row>(
  placed: readonly PlacedColumn<Row>[],
  available: number,
): PlacedColumn<Row>[] {
  const shown = new Set(placed.filter(isFixed));
  const optional = placed.filter(({ choice, column }) => choice.shown === undefined && column.rank > 0);
  optional.sort((one, other) => one.column.rank - other.column.rank);
  for (const next of optional) {
    shown.add(next);
    if (rowWidth([...shown]) > available) {
      shown.delete(next);
      break;
    }
  }
  return placed.filter((one) => shown.has(one));
}

/** The least width of a row with these columns. */
export const rowWidth = <Row>(placed: readonly PlacedColumn<Row>[]): number =>
  placed.reduce((sum, one) => sum + GAP + widthOf(one), LEAD - GAP / 2 + EDGE);

/** The CSS grid tracks. A column that grows takes what is left, until the seller gives it a width. */
export const tracksOf = <Row>(placed: readonly PlacedColumn<Row>[]): string =>
  [
    `${LEAD}px`,
    ...placed.map((one) => {
      const width = `${widthOf(one) + GAP}px`;
      return one.column.grows && one.choice.width === undefined ? `minmax(${width}, 1fr)` : width;
    }),
  ].join(' ');

const choicesOf = <Row>(placed: readonly PlacedColumn<Row>[]): ColumnChoice[] =>
  placed.map(({ choice }) => choice);

function changed<Row>(
  placed: readonly PlacedColumn<Row>[],
  key: string,
  change: (choice: ColumnChoice) => ColumnChoice,
): ColumnLayout {
  return choicesOf(placed).map((choice) => (choice.key === key ? change(choice) : choice));
}

export const withWidth = <Row>(
  placed: readonly PlacedColumn<Row>[],
  key: string,
  width: number | undefined,
) =>
  changed(placed, key, ({ width: _, ...choice }) =>
    width === undefined ? choice : { ...choice, width: clampWidth(width) },
  );

export const withShown = <Row>(placed: readonly PlacedColumn<Row>[], key: string, shown: boolean) =>
  changed(placed, key, (choice) => ({ ...choice, shown }));

/** Puts a column before or behind another one, whichever side it comes from. */
export function withOrder<Row>(
  placed: readonly PlacedColumn<Row>[],
  key: string,
  target: string,
): ColumnLayout {
  const choices = choicesOf(placed);
  const from = choices.findIndex((choice) => choice.key === key);
  const to = choices.findIndex((choice) => choice.key === target);
  const [moved] = from < 0 || to < 0 ? [] : choices.splice(from, 1);
  if (moved) choices.splice(to, 0, moved);
  return choices;
}
