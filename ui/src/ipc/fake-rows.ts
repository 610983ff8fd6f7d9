//! Made-up rows for tests. Never part of the app.

import type { DataState } from '../bindings/DataState';
import type { GatewayApp } from '../bindings/GatewayApp';
import type { Order } from '../bindings/Order';
import type { Resource } from '../bindings/Resource';
import type { Shop } from '../bindings/Shop';
import type { ShopCard } from '../bindings/ShopCard';

export const NOW = 1_800_000_000;

export const fakeApp = (changes: Partial<GatewayApp> = {}): GatewayApp => ({
  id: 1,
  gateway: 'custom',
  dialect: 'guide',
  base_url: 'http://127.0.0.1:8080',
  app_key: 'made-up-key',
  redirect_uri: null,
  proxy: null,
  ...changes,
});

export const fakeShop = (changes: Partial<Shop> = {}): Shop => ({
  shop_id: 'custom:1',
  app: 1,
  name: 'First shop',
  region: 'US',
  mall_type: 'local',
  scopes: ['order/list'],
  expires_at: NOW + 90 * 86_400,
  refresh_expires_at: null,
  token_state: 'valid',
  credentials_version: 1,
  authorized_at: NOW - 86_400,
  ...changes,
});

export const fakeState = (resource: Resource, changes: Partial<DataState> = {}): DataState => ({
  resource,
  allowed: true,
  complete_through: NOW - 300,
  complete_from: resource === 'orders' ? NOW - 365 * 86_400 : null,
  history_from: resource === 'orders' ? NOW - 365 * 86_400 : null,
  last_result: 'complete',
  last_error: null,
  ...changes,
});

export const fakeCard = (shop: Partial<Shop> = {}, state: Partial<DataState> = {}): ShopCard => ({
  shop: fakeShop(shop),
  app: fakeApp(),
  data: [fakeState('orders', state), fakeState('products', state), fakeState('activities', state)],
});

export const fakeOrder = (number: number, changes: Partial<Order> = {}): Order => ({
  order_sn: `PO-${number}`,
  shop_id: 'custom:1',
  status: 'unshipped',
  platform_status: 'UNSHIPPED',
  currency: 'USD',
  total_amount: { minor: 1299, currency: 'USD' },
  amount_state: 'known',
  created_at: NOW - 3600,
  ship_by: NOW + 86_400,
  shipped_at: null,
  delivered_at: null,
  updated_at: NOW - 3600,
  items: [],
  labels: [],
  ...changes,
});
