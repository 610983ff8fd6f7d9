//! The pages. What a page shows is in its address, so Back works and nothing is lost on the way.

import { createRootRoute, createRoute, createRouter, type RouterHistory } from '@tanstack/react-router';
import { validateListSearch } from './components/list/list-search';
import { ActivitiesPage } from './features/activities/activities-page';
import { OrderPage } from './features/orders/order-page';
import { OrdersPage } from './features/orders/orders-page';
import { OverviewPage, validateOverviewSearch } from './features/overview/overview-page';
import { ProductsPage } from './features/products/products-page';
import { SettingsPage } from './features/settings/settings-page';
import { ShopsPage } from './features/shops/shops-page';
import { AsidePage } from './features/sync/aside-page';
import { CheckPage } from './features/sync/check-page';
import { SyncLogPage, validateSyncLogSearch } from './features/sync/sync-log-page';
import { validateDialogSearch } from './shell/open-dialog';
import { Shell } from './shell/shell';

const root = createRootRoute({ component: Shell, validateSearch: validateDialogSearch });

const routes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: OverviewPage,
    validateSearch: validateOverviewSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/orders',
    component: OrdersPage,
    validateSearch: validateListSearch('orders'),
  }),
  createRoute({ getParentRoute: () => root, path: '/orders/$shop/$sn', component: OrderPage }),
  createRoute({
    getParentRoute: () => root,
    path: '/products',
    component: ProductsPage,
    validateSearch: validateListSearch('products'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/activities',
    component: ActivitiesPage,
    validateSearch: validateListSearch('activities'),
  }),
  createRoute({ getParentRoute: () => root, path: '/shops', component: ShopsPage }),
  createRoute({
    getParentRoute: () => root,
    path: '/sync',
    component: SyncLogPage,
    validateSearch: validateSyncLogSearch,
  }),
  createRoute({ getParentRoute: () => root, path: '/sync/check', component: CheckPage }),
  createRoute({ getParentRoute: () => root, path: '/sync/aside', component: AsidePage }),
  createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsPage }),
] as const;

export function createAppRouter(history: RouterHistory) {
  return createRouter({ routeTree: root.addChildren(routes), history, defaultPreload: false });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
