import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Resource } from '../bindings/Resource';
import type { SortColumn } from '../bindings/SortColumn';
import { validateListSearch } from '../components/list/list-search';
import { useActivityColumns } from './activities/activity-columns';
import { useOrderColumns } from './orders/order-columns';
import { useProductColumns } from './products/product-columns';

interface Sortable {
  key: string;
  sort?: SortColumn;
}

const LISTS: Record<Resource, () => readonly Sortable[]> = {
  orders: useOrderColumns,
  products: useProductColumns,
  activities: useActivityColumns,
};

test.each(Object.entries(LISTS))(
  'what the columns of %s sort by survives the address',
  (resource, columns) => {
    const read = validateListSearch(resource as Resource);
    for (const { key, sort } of renderHook(columns).result.current) {
      expect([key, read({ sort }).sort]).toEqual([key, sort]);
    }
  },
);
