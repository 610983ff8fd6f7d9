//! Which rows of an open list are selected. All of a million rows cost as little as none.

export interface Selection {
  /** Whether `indices` are the rows left out. */
  inverted: boolean;
  indices: ReadonlySet<number>;
}

export const NOTHING: Selection = { inverted: false, indices: new Set() };
export const EVERYTHING: Selection = { inverted: true, indices: new Set() };

export const isSelected = ({ inverted, indices }: Selection, index: number): boolean =>
  indices.has(index) !== inverted;

export const selectedCount = ({ inverted, indices }: Selection, count: number): number =>
  inverted ? count - indices.size : indices.size;

export function toggled(selection: Selection, index: number): Selection {
  const indices = new Set(selection.indices);
  if (!indices.delete(index)) indices.add(index);
  return { ...selection, indices };
}

/** With every row from one to the other, whichever comes first. */
export function withRange(selection: Selection, one: number, other: number): Selection {
  const indices = new Set(selection.indices);
  for (let index = Math.min(one, other); index <= Math.max(one, other); index += 1) {
    if (selection.inverted) indices.delete(index);
    else indices.add(index);
  }
  return { ...selection, indices };
}

/** The selected rows in their order. */
export function selectedIndices(selection: Selection, count: number): number[] {
  if (!selection.inverted) return [...selection.indices].sort((one, other) => one - other);
  return Array.from({ length: count }, (_, index) => index).filter((index) => !selection.indices.has(index));
}
