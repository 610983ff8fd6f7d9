//! The pages of the rail, in the order of their shortcuts Ctrl+1 to Ctrl+6.

import {
  CalendarRange,
  type LucideIcon,
  Package,
  ReceiptText,
  ScrollText,
  Settings,
  Store,
} from 'lucide-react';

export interface PageLink {
  name: 'orders' | 'products' | 'activities' | 'shops' | 'sync' | 'settings';
  to: '/orders' | '/products' | '/activities' | '/shops' | '/sync' | '/settings';
  icon: LucideIcon;
}

export const PAGES: readonly PageLink[] = [
  { name: 'orders', to: '/orders', icon: ReceiptText },
  { name: 'products', to: '/products', icon: Package },
  { name: 'activities', to: '/activities', icon: CalendarRange },
  { name: 'shops', to: '/shops', icon: Store },
  { name: 'sync', to: '/sync', icon: ScrollText },
  { name: 'settings', to: '/settings', icon: Settings },
];
