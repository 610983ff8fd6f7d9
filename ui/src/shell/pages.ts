//! The pages of the rail. Ctrl+1 to Ctrl+6 open them in this order; the last is opened by a key of its own.

import {
  CalendarRange,
  ChartNoAxesColumn,
  type LucideIcon,
  Package,
  ReceiptText,
  ScrollText,
  Settings,
  Store,
} from 'lucide-react';

export interface PageLink {
  name: 'overview' | 'orders' | 'products' | 'activities' | 'shops' | 'sync' | 'settings';
  to: '/' | '/orders' | '/products' | '/activities' | '/shops' | '/sync' | '/settings';
  icon: LucideIcon;
}

export const PAGES: readonly PageLink[] = [
  { name: 'overview', to: '/', icon: ChartNoAxesColumn },
  { name: 'orders', to: '/orders', icon: ReceiptText },
  { name: 'products', to: '/products', icon: Package },
  { name: 'activities', to: '/activities', icon: CalendarRange },
  { name: 'shops', to: '/shops', icon: Store },
  { name: 'sync', to: '/sync', icon: ScrollText },
  { name: 'settings', to: '/settings', icon: Settings },
];
