//! Made-up rows for tests. Never part of the app.

import type { Activity } from '../bindings/Activity';
import type { DataState } from '../bindings/DataState';
import type { GatewayApp } from '../bindings/GatewayApp';
import type { Order } from '../bindings/Order';
import type { Product } from '../bindings/Product';
import type { Resource } from '../bindings/Resource';
import type { Shop } from '../bindings/Shop';
import type { ShopCard } from '../bindings/ShopCard';
import type { SyncRun } from '../bindings/SyncRun';

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

export const fakeProduct = (number: number, changes: Partial<Product> = {}): Product => ({
  product_id: String(number),
  shop_id: 'custom:1',
  name: `Product ${number}`,
  ext_code: `CODE-${number}`,
  status: 'active',
  platform_status: 'ON',
  category: 'Home',
  image_url: 'https://img.example.com/1.jpg',
  price: { minor: 1299, currency: 'USD' },
  stock: 12,
  created_at: NOW - 86_400,
  updated_at: NOW - 3600,
  skus: [],
  ...changes,
});

export const fakeActivity = (number: number, changes: Partial<Activity> = {}): Activity => ({
  activity_id: String(number),
  shop_id: 'custom:1',
  name: `Activity ${number}`,
  activity_type: 'big_sale',
  status: 'running',
  platform_status: 'RUNNING',
  start_time: NOW - 86_400,
  end_time: NOW + 86_400,
  enroll_deadline: NOW + 3600,
  joined: false,
  updated_at: NOW - 3600,
  items: [],
  ...changes,
});

export const fakeRun = (id: number, changes: Partial<SyncRun> = {}): SyncRun => ({
  id,
  shop_id: 'custom:1',
  resource: 'orders',
  task: 'changes',
  trigger: 'manual',
  started_at: NOW - 60,
  finished_at: NOW - 30,
  window_start: NOW - 7200,
  window_end: NOW - 60,
  pages: 4,
  counts: { new: 1, changed: 2, unchanged: 300, quarantined: 0 },
  result: 'complete',
  error_code: null,
  error_message: null,
  request_id: null,
  clock_ahead_seconds: null,
  ...changes,
});
