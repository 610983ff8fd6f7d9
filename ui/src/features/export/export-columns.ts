//! The columns of exported files: all that there are, and which ones a list's columns stand for.

import type { ActivityColumn } from '../../bindings/ActivityColumn';
import type { ExportColumn } from '../../bindings/ExportColumn';
import type { OrderColumn } from '../../bindings/OrderColumn';
import type { ProductColumn } from '../../bindings/ProductColumn';
import type { Resource } from '../../bindings/Resource';
import type { KeptColumn } from '../../preferences/export-choice';

/** A column without an entry is a compile error. Each names the columns of the list that bring it along. */
const ORDERS: Record<OrderColumn, readonly string[]> = {
  order: ['order'],
  shop: ['shop'],
  shop_id: [],
  status: ['status'],
  platform_status: [],
  ordered: ['ordered'],
  ship_by: ['ship_by'],
  shipped: ['shipped'],
  delivered: ['delivered'],
  updated: ['updated'],
  line: [],
  product: ['product'],
  spec: [],
  own_code: ['own_code'],
  sku_id: ['sku'],
  product_id: [],
  quantity: ['quantity'],
  unit_price: [],
  amount: ['amount'],
  currency: ['amount'],
  labels: ['labels'],
};

const PRODUCTS: Record<ProductColumn, readonly string[]> = {
  product: ['product'],
  product_id: ['id'],
  own_code: ['own_code'],
  shop: ['shop'],
  shop_id: [],
  status: ['status'],
  platform_status: [],
  category: ['category'],
  price: ['price'],
  currency: ['price'],
  stock: ['stock'],
  sku_count: ['sku_count'],
  sku_id: [],
  image: [],
  created: ['created'],
  updated: ['updated'],
};

const ACTIVITIES: Record<ActivityColumn, readonly string[]> = {
  activity: ['activity'],
  activity_id: ['id'],
  shop: ['shop'],
  shop_id: [],
  type: ['type'],
  status: ['status'],
  platform_status: [],
  starts: ['runs'],
  ends: ['time_left', 'runs'],
  sign_up: ['sign_up'],
  joined: ['joined'],
  items: ['items'],
  product_id: [],
  updated: ['updated'],
};

const COLUMNS = { orders: ORDERS, products: PRODUCTS, activities: ACTIVITIES } as const;

const entriesOf = (resource: Resource) =>
  Object.entries(COLUMNS[resource]) as [ExportColumn, readonly string[]][];

/** A column that a file can have, and whether it has it. */
export interface ChosenColumn {
  column: ExportColumn;
  chosen: boolean;
}

/** All columns of a resource: those that the shown columns of its list bring along first, and chosen. */
export function columnsOf(resource: Resource, shown: readonly string[]): ChosenColumn[] {
  const brought = new Set(
    shown.flatMap((key) =>
      entriesOf(resource)
        .filter(([, keys]) => keys.includes(key))
        .map(([column]) => column),
    ),
  );
  const all = new Set([...brought, ...entriesOf(resource).map(([column]) => column)]);
  return [...all].map((column) => ({ column, chosen: brought.has(column) }));
}

/** What was kept of an earlier export comes first; a column that it does not know is not chosen. */
export function withKept(usual: readonly ChosenColumn[], kept: readonly KeptColumn[]): ChosenColumn[] {
  const known = kept.flatMap(({ column, chosen }) => {
    const found = usual.find((one) => one.column === column);
    return found ? [{ column: found.column, chosen }] : [];
  });
  const others = usual.filter(({ column }) => !known.some((one) => one.column === column));
  return [...known, ...others.map(({ column }) => ({ column, chosen: false }))];
}
