//! Subscribes to the progress of syncs.

import { Channel, invoke } from '@tauri-apps/api/core';
import type { SyncEvent } from '../bindings/SyncEvent';
import { toCommandFailure } from './errors';

/** The subscription lasts as long as the window's page. */
export async function watchSync(handle: (event: SyncEvent) => void): Promise<void> {
  const channel = new Channel<SyncEvent>(handle);
  try {
    await invoke('watch_sync', { channel });
  } catch (error) {
    throw toCommandFailure(error);
  }
}
