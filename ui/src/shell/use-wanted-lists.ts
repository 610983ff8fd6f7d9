//! Opens the list that a clicked notification is about.

import { type LinkProps, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ListWanted } from '../bindings/ListWanted';
import type { ListSearch } from '../components/list/list-search';
import { onEvent } from '../ipc/events';
import { setPreference } from '../preferences/preferences';

export function useWantedLists(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const listening = onEvent('list-wanted', (wanted) => {
      // What several shops have in common is not in the list of one.
      if (wanted.shop === null) setPreference('shop', null);
      void navigate(placeOf(wanted));
    });
    return () => void listening.then((stop) => stop());
  }, [navigate]);
}

function placeOf({ list, shop }: ListWanted): Pick<LinkProps, 'to' | 'search'> {
  const shops = shop === null ? undefined : [shop];
  const orders = (search: ListSearch) => ({ to: '/orders' as const, search: { shops, ...search } });
  switch (list) {
    case 'new_orders':
      return orders({ sort: 'created_at', desc: true });
    case 'due_soon':
      return orders({ status: ['due_soon'], sort: 'ship_by', desc: false });
    case 'overdue':
      return orders({ status: ['overdue'], sort: 'ship_by', desc: false });
    case 'sync_log':
      return { to: '/sync', search: { shop: shop ?? undefined } };
    case 'shops':
      return { to: '/shops', search: {} };
  }
}
