//! A core for tests: answers commands in the browser, typed by the same contract. Never part of the app.

import { emit } from '@tauri-apps/api/event';
import { clearMocks, mockConvertFileSrc, mockIPC } from '@tauri-apps/api/mocks';
import type { Change } from '../bindings/Change';
import type { ErrorCode } from '../bindings/ErrorCode';
import type { ExportProgress } from '../bindings/ExportProgress';
import type { Failure } from '../bindings/Failure';
import type { ListWanted } from '../bindings/ListWanted';
import type { SyncEvent } from '../bindings/SyncEvent';
import type { Answer, Arguments, CommandName } from './call';
import { SETTINGS } from './fake-settings';

/** A handler may let its answer wait. */
export type Handlers = { [K in CommandName]?: (values: Arguments<K>) => Answer<K> | Promise<Answer<K>> };

export const APP_INFO: Answer<'app_info'> = {
  version: '0.0.0',
  profile: '/made-up/profile',
  demo: false,
  environment_app_key: null,
  system_language: 'en-US',
  failure: null,
  recovered: null,
};

const DEFAULTS: Handlers = {
  app_info: () => APP_INFO,
  list_shops: () => [],
  list_gateway_apps: () => [],
  take_authorization_outcomes: () => [],
  sync_state: () => ({ running: [], next_automatic_at: null, paused: null, waiting: [] }),
  list_sync_runs: () => [],
  list_quarantine: () => [],
  open_view: () => ({ handle: 1, count: 0, status_counts: [] }),
  view_news: () => ({ changed: 0, new: 0 }),
  close_view: () => null,
  order_totals: () => [],
  top_skus: () => [],
  get_settings: () => ({ settings: SETTINGS, set_by_environment: [] }),
  count_orders_beyond: () => 0,
  presence: () => ({ tray: true, autostart: false }),
  data_on_disk: () => ({ bytes: 0, copies: [] }),
  vault_status: () => ({ kind: 'keychain', readiness: 'ready' }),
  copy_text: () => null,
};

export const failure = (code: ErrorCode): Failure => ({
  code,
  message: 'made-up detail',
  platform_code: null,
  request_id: null,
  clock_ahead_seconds: null,
});

export interface FakeCore {
  /** Every call so far, oldest first. */
  calls: { name: string; values: unknown }[];
  callsOf: <K extends CommandName>(name: K) => Arguments<K>[];
  /** Replaces an answer. */
  answer: <K extends CommandName>(name: K, handler: Handlers[K]) => void;
  change: (change: Change) => Promise<void>;
  completeAuthorization: () => Promise<void>;
  exportProgress: (progress: ExportProgress) => Promise<void>;
  wantList: (wanted: ListWanted) => Promise<void>;
  askToClose: () => Promise<void>;
  reopenWindow: () => Promise<void>;
  progress: (event: SyncEvent) => void;
}

/** Throwing a `Failure` in a handler rejects the command with it. */
export function fakeCore(handlers: Handlers = {}): FakeCore {
  clearMocks();
  mockConvertFileSrc('linux');
  const answers: Handlers = { ...DEFAULTS, ...handlers };
  const calls: FakeCore['calls'] = [];
  let channel: { onmessage: (event: SyncEvent) => void } | undefined;

  mockIPC(
    (name, payload) => {
      const parts = payload as { arguments?: unknown; channel?: typeof channel } | undefined;
      if (name === 'watch_sync') {
        channel = parts?.channel;
        return null;
      }
      const values = parts?.arguments ?? null;
      calls.push({ name, values });
      const handler = answers[name as CommandName] as ((values: unknown) => unknown) | undefined;
      if (!handler) throw `no answer for ${name}`;
      return handler(values);
    },
    { shouldMockEvents: true },
  );

  return {
    calls,
    callsOf: <K extends CommandName>(name: K) =>
      calls.filter((call) => call.name === name).map((call) => call.values as Arguments<K>),
    answer: (name, handler) => {
      answers[name] = handler;
    },
    change: (change) => emit('store-changed', change),
    completeAuthorization: () => emit('authorization-completed', null),
    exportProgress: (progress) => emit('export-progress', progress),
    wantList: (wanted) => emit('list-wanted', wanted),
    askToClose: () => emit('close-asked', null),
    reopenWindow: () => emit('window-reopened', null),
    progress: (event) => channel?.onmessage(event),
  };
}
