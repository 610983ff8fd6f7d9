//! Made-up rows of the preview, a few hundred of each, the same at every start but for the time of day.

import type { Activity } from '../src/bindings/Activity';
import type { Order } from '../src/bindings/Order';
import type { OrderDetail } from '../src/bindings/OrderDetail';
import type { OrderStatus } from '../src/bindings/OrderStatus';
import type { Product } from '../src/bindings/Product';
import type { Quarantined } from '../src/bindings/Quarantined';
import type { ResourceCheck } from '../src/bindings/ResourceCheck';
import type { ShopCard } from '../src/bindings/ShopCard';
import type { SyncProgress } from '../src/bindings/SyncProgress';
import type { SyncRun } from '../src/bindings/SyncRun';
import { failure } from '../src/ipc/fake';
import { fakeApp, fakeShop, fakeState } from '../src/ipc/fake-rows';

export const NOW = Math.floor(Date.now() / 1000);
const HOUR = 3600;
const DAY = 24 * HOUR;

const NAMES = [
  'LED Desk Lamp with Wireless Charger, Dimmable, Foldable',
  '加厚珊瑚绒毛毯 午睡盖毯 办公室空调毯',
  'Stainless Steel Water Bottle 750 ml',
  'Silicone Baking Mat Set of 3, Non-Stick, Reusable',
  '儿童益智积木 128 颗粒 收纳盒装',
  'Cable Organizer Clips',
  'Women’s Knitted Cardigan, Loose Fit, V-Neck',
  'Car Phone Mount, Magnetic, 360° Rotation',
] as const;
const HUES = [200, 20, 150, 90, 280, 60, 330, 240];

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

const picture = (index: number): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" fill="hsl(${at(HUES, index)} 35% 72%)"/><circle cx="24" cy="20" r="9" fill="hsl(${at(HUES, index)} 30% 92%)"/><rect x="12" y="31" width="24" height="6" rx="3" fill="hsl(${at(HUES, index)} 30% 45%)"/></svg>`)}`;

export const cards: ShopCard[] = [
  {
    shop: fakeShop({
      shop_id: 'us:635500000000001',
      name: 'Harbor Home US',
      region: '211',
      scopes: ['bg.order.list.v2.get', 'bg.order.amount.query', 'bg.goods.list'],
      expires_at: NOW + 162 * DAY,
      refresh_expires_at: null,
      mall_type: 'local',
    }),
    app: fakeApp({ gateway: 'us', dialect: 'open-platform', base_url: 'https://openapi.example.com' }),
    data: [
      fakeState('orders', { complete_through: NOW - 240 }),
      fakeState('products', { complete_through: NOW - 400 }),
      fakeState('activities', { complete_through: NOW - 2 * HOUR }),
    ],
  },
  {
    shop: fakeShop({
      shop_id: 'eu:635500000000002',
      name: '悠然家居欧洲店',
      region: '76',
      expires_at: NOW + 6 * DAY,
      mall_type: 'semi_managed',
      scopes: ['bg.order.list.v2.get'],
    }),
    app: fakeApp({ gateway: 'eu', dialect: 'open-platform' }),
    data: [
      fakeState('orders', { complete_through: NOW - 300 }),
      fakeState('products', { allowed: false, complete_through: null, last_result: null }),
      fakeState('activities', { allowed: false, complete_through: null, last_result: null }),
    ],
  },
  {
    shop: fakeShop({
      shop_id: 'custom:42',
      name: 'Sunny Garden & Outdoor Living Official Store',
      region: 'US',
      expires_at: NOW + 60 * DAY,
      refresh_expires_at: NOW + 300 * DAY,
    }),
    app: fakeApp({ gateway: 'custom', base_url: 'http://127.0.0.1:8080' }),
    data: [
      fakeState('orders', {
        complete_through: NOW - 5 * HOUR,
        last_result: 'failed',
        last_error: failure('ip_not_allowed'),
      }),
      fakeState('products', { complete_through: NOW - 5 * HOUR }),
      fakeState('activities', { complete_through: null, last_result: null }),
    ],
  },
];

const STATUSES: readonly OrderStatus[] = [
  'unshipped',
  'unshipped',
  'shipped',
  'delivered',
  'partially_shipped',
  'delivered',
  'canceled',
  'shipped',
  'pending',
];
const CURRENCIES = ['USD', 'EUR', 'USD'] as const;

/** The order at a place of a list as long as one likes, the newest first. */
export function orderAt(index: number): Order {
  const status = at(STATUSES, index * 7 + Math.floor(index / 9));
  const created = NOW - index * 3100 - 600;
  const shop = index % 3;
  const done = status === 'shipped' || status === 'delivered';
  return {
    order_sn: `PO-211-${String(1_190_000_000_000_000 + index * 7_919_333)}`,
    shop_id: at(cards, shop).shop.shop_id,
    status,
    platform_status: status.toUpperCase(),
    currency: at(CURRENCIES, shop),
    total_amount: shop === 1 ? null : { minor: 1299 + index * 137, currency: at(CURRENCIES, shop) },
    amount_state: shop === 1 ? 'not_authorized' : 'known',
    created_at: created,
    ship_by: created + 2 * DAY,
    shipped_at: done ? created + DAY : null,
    delivered_at: status === 'delivered' ? created + 6 * DAY : null,
    updated_at: created + HOUR,
    items: Array.from({ length: (index % 4) + 1 }, (_, line) => ({
      line_sn: `211-${index}-${line}`,
      sku_id: `1760000${index}${line}`,
      product_id: `60109950${index}`,
      ext_code: `HH-${1000 + index}-${line}`,
      name: at(NAMES, index + line),
      spec: at(['Warm White / 1pc', '米白 / 150×200cm', 'Blue', 'Set of 3'], index),
      image_url: index % 11 === 5 ? null : picture(index + line),
      quantity: (index % 3) + 1,
      unit_price: shop === 1 ? null : { minor: 1299, currency: at(CURRENCIES, shop) },
    })),
    labels: index % 17 === 0 ? ['soon_to_be_overdue'] : [],
  };
}

export const orders = Array.from({ length: 312 }, (_, index) => orderAt(index));

export function orderDetail(orderSn: string): OrderDetail {
  const order = orders.find((one) => one.order_sn === orderSn) ?? at(orders, 0);
  return {
    order,
    status_history: [
      { status: 'pending', platform_status: 'PENDING', first_seen_at: order.created_at + 60 },
      {
        status: order.status,
        platform_status: order.platform_status,
        first_seen_at: order.created_at + HOUR,
      },
    ],
    raw: JSON.stringify({ parentOrderSn: order.order_sn, status: order.platform_status, shippingType: 2 }),
    fetched_at: NOW - 240,
  };
}

export const products: Product[] = Array.from({ length: 86 }, (_, index) => ({
  product_id: `6010995${String(10_000_000 + index * 33_331)}`,
  shop_id: at(cards, index % 2 === 0 ? 0 : 2).shop.shop_id,
  name: at(NAMES, index),
  ext_code: `HH-${1000 + index}`,
  status: at(['active', 'active', 'inactive', 'active', 'incomplete', 'draft'] as const, index),
  platform_status: 'ON',
  category: at(['Home & Kitchen', '家居用品', 'Toys & Games', 'Automotive'], index),
  image_url: picture(index),
  price: { minor: 899 + index * 55, currency: 'USD' },
  stock: index % 9 === 4 ? 0 : (index * 37) % 900,
  created_at: NOW - index * DAY,
  updated_at: NOW - index * HOUR,
  skus: Array.from({ length: (index % 3) + 1 }, (_, sku) => ({
    sku_id: `17600${index}${sku}`,
    ext_code: `HH-${1000 + index}-${sku}`,
    spec: at(['Blue', 'Warm White / 1pc', '米白 / 150×200cm'], sku),
    price: { minor: 899 + index * 55, currency: 'USD' },
    stock: sku === 0 && index % 9 === 4 ? 0 : (index * 13) % 300,
  })),
}));

export const activities: Activity[] = Array.from({ length: 24 }, (_, index) => {
  const start = NOW + (index - 12) * 2 * DAY;
  const status = start > NOW ? 'upcoming' : start + 7 * DAY > NOW ? 'running' : 'ended';
  return {
    activity_id: `2100${String(600 + index)}`,
    shop_id: at(cards, 0).shop.shop_id,
    name: at(
      ['Black Friday Early Access', '双十二大促 欧美站', 'Weekend Lightning Deal', 'Winter Clearance'],
      index,
    ),
    activity_type: at(['big_sale', 'official_big_sale', 'lightning_deal', 'clearance'], index),
    status,
    platform_status: status.toUpperCase(),
    start_time: start,
    end_time: start + 7 * DAY,
    enroll_deadline: status === 'upcoming' ? start - DAY + (index % 5) * HOUR : null,
    joined: index % 3 !== 0,
    updated_at: NOW - DAY,
    items: [
      {
        product_id: '601099510000000',
        sku_id: '17600',
        activity_price: { minor: 799, currency: 'USD' },
        quantity: 200,
        remaining: 64,
      },
    ],
  };
});

export const progress: SyncProgress[] = [
  {
    shop_id: at(cards, 0).shop.shop_id,
    resource: 'orders',
    task: 'changes',
    rows_done: 3100,
    rows_total: 5000,
    seconds_left: 40,
    pages_done: 31,
    pages_total: 50,
    counts: { new: 212, changed: 48, unchanged: 2840, quarantined: 0 },
  },
];

export const runs: SyncRun[] = Array.from({ length: 60 }, (_, index) => {
  const failed = index % 13 === 2;
  return {
    id: 1000 - index,
    shop_id: at(cards, index).shop.shop_id,
    resource: at(['orders', 'products', 'activities'] as const, Math.floor(index / 3)),
    task: 'changes',
    trigger: at(['automatic', 'automatic', 'manual'] as const, index),
    started_at: NOW - index * 1800,
    finished_at: NOW - index * 1800 + 12 + (index % 7),
    window_start: NOW - index * 1800 - 2400,
    window_end: NOW - index * 1800,
    pages: 3 + (index % 9),
    counts: {
      new: index % 5,
      changed: (index * 3) % 17,
      unchanged: 280 + index,
      quarantined: index === 7 ? 1 : 0,
    },
    result: failed ? 'failed' : 'complete',
    error_code: failed ? 'rate_limited' : null,
    error_message: failed ? 'too many requests' : null,
    clock_ahead_seconds: null,
    request_id: failed ? 'made-up-request-id' : null,
  };
});

const none = { count: 0, first: [] };
const equal = { missing: none, changed: none, gone: none, vanished: none, repaired: 0, error: null };

/** What a check of the data finds. */
export const checked: ResourceCheck[] = [
  {
    ...equal,
    resource: 'orders',
    checked: 4_182,
    missing: { count: 1, first: ['PO-211-1190000000000412'] },
    changed: { count: 2, first: ['PO-211-1190000000000087', 'PO-211-1190000000000091'] },
  },
  { ...equal, resource: 'products', checked: 318 },
  { ...equal, resource: 'activities', checked: 26 },
];

/** Rows that could not be read. */
export const quarantined: Quarantined[] = ['PO-211-1190000000000555', 'PO-211-1190000000000556'].map(
  (identity) => ({
    shop_id: cards[0]?.shop.shop_id ?? '',
    resource: 'orders',
    identity,
    reason: 'goods_list: expected a list, got a number',
    payload: `{"parent_order_sn":"${identity}","status":"UNSHIPPED","goods_list":7}`,
    first_seen_at: NOW - 7_200,
    last_seen_at: NOW - 1_800,
  }),
);
