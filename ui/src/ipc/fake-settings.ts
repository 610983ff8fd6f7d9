import type { Settings } from '../bindings/Settings';

/** What a seller has who has never set anything, in English. */
export const SETTINGS: Settings = {
  language: 'en',
  theme: 'system',
  auto_sync: true,
  orders_interval_minutes: 30,
  products_interval_minutes: 30,
  activities_interval_minutes: 30,
  requests_per_second: 20,
  history_days: 365,
  notices: { new_orders: true, deadlines: true, failures: true, tokens: true },
  quiet_hours: { enabled: false, from: 22 * 60, to: 8 * 60 },
  on_close: 'ask',
};
