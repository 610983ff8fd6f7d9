//! A core whose shops, orders, products and activities are made up; one scene per state that is hard to reach.

import type { DateRange } from '../src/bindings/DateRange';
import type { ListQuery } from '../src/bindings/ListQuery';
import type { Rows } from '../src/bindings/Rows';
import type { Settings } from '../src/bindings/Settings';
import type { StatusCount } from '../src/bindings/StatusCount';
import { failure, fakeCore, type Handlers } from '../src/ipc/fake';
import { SETTINGS } from '../src/ipc/fake-settings';
import {
  activities,
  cards,
  checked,
  NOW,
  orderAt,
  orderDetail,
  orders,
  products,
  progress,
  quarantined,
  runs,
} from './rows';
import { dayTotals, topSkus } from './totals';

const MILLION = 1_000_000;

type Row = Rows['rows'][number];

const lists: Record<ListQuery['resource'], readonly Row[]> = { orders, products, activities };

function wordsOf(row: Row): readonly string[] {
  if (!('order_sn' in row) || row.ship_by === null || !row.status.includes('unshipped')) return [row.status];
  if (row.ship_by < NOW) return [row.status, 'overdue'];
  return row.ship_by < NOW + 86_400 ? [row.status, 'due_soon'] : [row.status];
}

const deadline = (row: Row): number =>
  'ship_by' in row ? (row.ship_by ?? 0) : 'created_at' in row ? -(row.created_at ?? 0) : 0;

const inside = (range: DateRange | undefined, time: number | null): boolean =>
  !range || (time !== null && time >= (range.from ?? 0) && time <= (range.to ?? Number.POSITIVE_INFINITY));

/** The conditions that the pages' own links set; the core knows many more. */
function holds(query: ListQuery, row: Row): boolean {
  if ('order_sn' in row) {
    const { risk, order_sns } = query;
    return (
      inside(query.dates, row.created_at) &&
      inside(query.ship_by, row.ship_by) &&
      (!risk || wordsOf(row).some((word) => (risk as string[]).includes(word))) &&
      (!order_sns || order_sns.includes(row.order_sn))
    );
  }
  if ('skus' in row) return !query.stock || (row.stock ?? 0) <= (query.stock.to ?? Number.POSITIVE_INFINITY);
  return (
    inside(query.enroll_until, row.enroll_deadline) &&
    (query.joined === undefined || row.joined === query.joined) &&
    (row.end_time ?? 0) >= (query.dates.from ?? 0) &&
    (row.start_time ?? 0) <= (query.dates.to ?? Number.POSITIVE_INFINITY)
  );
}

function select(query: ListQuery) {
  const among = lists[query.resource].filter(
    (row) =>
      (query.shops.length === 0 || query.shops.includes(row.shop_id)) &&
      JSON.stringify(row).toLowerCase().includes(query.search.toLowerCase()) &&
      holds(query, row),
  );
  const counts = new Map<string, number>();
  for (const word of among.flatMap(wordsOf)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const status_counts: StatusCount[] = [...counts].map(([status, count]) => ({ status, count }));
  const rows = among.filter(
    (row) => query.statuses.length === 0 || wordsOf(row).some((word) => query.statuses.includes(word)),
  );
  if (query.sort === 'ship_by') rows.sort((one, other) => deadline(one) - deadline(other));
  return { rows, status_counts };
}

function scenes(language: Settings['language']): Record<string, Handlers> {
  const opened: (readonly Row[])[] = [];
  const full: Handlers = {
    list_shops: () => cards,
    list_gateway_apps: () => cards.map(({ app }, index) => ({ ...app, id: index + 1 })),
    list_sync_runs: ({ shop_id }) => runs.filter((run) => shop_id === null || run.shop_id === shop_id),
    sync_state: () => ({ running: [], next_automatic_at: NOW + 1500, paused: null, waiting: [] }),
    sync_now: () => null,
    remove_shop: () => null,
    data_on_disk: () => ({
      bytes: 184_000_000,
      copies: [
        { name: 'backups/3', made_at: NOW - 3600, bytes: 41_000_000, origin: 'backup' },
        { name: 'backups/2', made_at: NOW - 90_000, bytes: 40_200_000, origin: 'backup' },
        { name: 'set-aside-1', made_at: NOW - 200_000, bytes: 38_700_000, origin: 'replaced' },
        { name: 'backups/1', made_at: NOW - 2_000_000, bytes: 12_400_000, origin: 'before_update' },
      ],
    }),
    prepare_diagnostics: () => [
      { name: 'app.json', text: '{\n  "version": "0.1.0"\n}' },
      { name: 'shops.json', text: '[]' },
      { name: 'sync-log.json', text: '[]' },
      { name: 'log.txt', text: '' },
    ],
    open_view: ({ query }) => {
      const { rows, status_counts } = select(query);
      opened.push(rows);
      return { handle: opened.length, count: rows.length, status_counts };
    },
    view_rows: ({ handle, start, len }) => {
      const rows = opened[handle - 1]?.slice(start, start + len) ?? [];
      const resource =
        rows[0] === undefined || 'order_sn' in rows[0]
          ? 'orders'
          : 'skus' in rows[0]
            ? 'products'
            : 'activities';
      return { resource, rows } as Rows;
    },
    view_news: () => ({ changed: 12, new: 37 }),
    order_totals: dayTotals,
    top_skus: topSkus,
    get_order: ({ order_sn }) => orderDetail(order_sn),
    list_quarantine: () => quarantined,
    check_data: ({ shop_id }) => ({ shop_id, resources: checked }),
    reread_quarantine: () => ({ readable: 0, unreadable: quarantined.length }),
  };
  return {
    full,
    waiting: {
      ...full,
      sync_state: () => ({
        running: [],
        next_automatic_at: NOW + 1500,
        paused: null,
        waiting: [
          { shop_id: 'custom:42', failures: 4, reason: failure('ip_not_allowed'), try_at: NOW + 900 },
        ],
      }),
    },
    syncing: {
      ...full,
      sync_state: () => ({ running: progress, next_automatic_at: NOW + 1500, paused: null, waiting: [] }),
    },
    empty: {
      ...full,
      open_view: () => ({ handle: 1, count: 0, status_counts: [] }),
      order_totals: () => [],
      top_skus: () => [],
      list_sync_runs: () => [],
      list_quarantine: () => [],
    },
    error: {
      ...full,
      open_view: () => {
        throw failure('storage_failed');
      },
      order_totals: () => {
        throw failure('storage_failed');
      },
      top_skus: () => {
        throw failure('storage_failed');
      },
      list_sync_runs: () => {
        throw failure('storage_failed');
      },
      vault_status: () => ({ kind: 'keychain', readiness: 'locked' }),
    },
    news: full,
    million: {
      ...full,
      open_view: () => ({ handle: 1, count: MILLION, status_counts: [] }),
      view_rows: ({ start, len }) => ({
        resource: 'orders',
        rows: Array.from({ length: Math.min(len, MILLION - start) }, (_, step) => orderAt(start + step)),
      }),
    },
    close: full,
    clock: {
      ...full,
      list_shops: () =>
        cards.map((card, index) => ({
          ...card,
          data: card.data.map((state) => ({
            ...state,
            last_result: 'failed',
            last_error: { ...failure('clock_skew'), clock_ahead_seconds: index % 2 === 0 ? 5400 : -640 },
          })),
        })),
    },
    'first-run': {},
    closed: {
      ...full,
      app_info: () => ({
        version: '0.0.0',
        profile: '/made-up/profile',
        demo: false,
        environment_app_key: null,
        system_language: language,
        failure: failure('database_newer'),
        recovered: null,
      }),
    },
  };
}

export function previewCore(scene: string, appearance: Pick<Settings, 'language' | 'theme'>): void {
  let settings: Settings = { ...SETTINGS, ...appearance };
  const core = fakeCore({
    get_settings: () => ({ settings, set_by_environment: [] }),
    save_settings: (wanted) => {
      settings = wanted.settings;
      return { settings, set_by_environment: [] };
    },
    ...scenes(appearance.language)[scene],
  });
  const internals = (window as unknown as { __TAURI_INTERNALS__: { convertFileSrc: unknown } })
    .__TAURI_INTERNALS__;
  internals.convertFileSrc = (address: string) => address;
  // As if a sync had just brought something.
  if (scene === 'news') setTimeout(() => void core.change({ shop_id: null, tags: ['orders'] }), 1000);
  if (scene === 'close') setTimeout(() => void core.askToClose(), 1000);
  Object.assign(window, { core });
}
