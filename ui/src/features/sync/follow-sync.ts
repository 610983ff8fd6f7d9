//! Brings the progress of syncs into the cache, so that every part of the window sees the same.

import type { QueryClient } from '@tanstack/react-query';
import { askAgain } from '../../api/ask-again';
import { syncState } from '../../api/queries';
import type { SyncEvent } from '../../bindings/SyncEvent';
import type { SyncState } from '../../bindings/SyncState';
import { watchSync } from '../../ipc/progress';

export function applySyncEvent(state: SyncState, event: SyncEvent): SyncState {
  const others = state.running.filter((progress) => progress.shop_id !== event.shop_id);
  switch (event.type) {
    case 'progress': {
      const { type: _, ...progress } = event;
      return { ...state, running: [...others, progress].sort((a, b) => (a.shop_id < b.shop_id ? -1 : 1)) };
    }
    case 'finished':
      return { ...state, running: others };
  }
}

/** Rejections are left alone: a core that cannot be watched says why in `app_info`. */
export async function followSync(client: QueryClient): Promise<void> {
  try {
    await watchSync((event) => {
      client.setQueryData<SyncState>(syncState.queryKey, (state) => state && applySyncEvent(state, event));
      if (event.type === 'finished') askAgain(client, { queryKey: syncState.queryKey });
    });
    // What ran before this began to listen.
    askAgain(client, { queryKey: syncState.queryKey });
  } catch {
    // The full-page error of `app_info` is shown instead.
  }
}
