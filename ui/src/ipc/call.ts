//! Calls the core. The one place where a command's name meets its arguments and its answer.

import { invoke } from '@tauri-apps/api/core';
import type { Commands } from '../bindings/Commands';
import { toCommandFailure } from './errors';

/** Every command but the one that takes a channel; see `progress.ts`. */
export type CommandName = Exclude<keyof Commands, 'watch_sync'>;
export type Arguments<K extends CommandName> = Commands[K][0];
export type Answer<K extends CommandName> = Commands[K][1];

/** `values` is null for a command without arguments. Rejects with a `CommandFailure` and nothing else. */
export async function call<K extends CommandName>(name: K, values: Arguments<K>): Promise<Answer<K>> {
  try {
    return await invoke<Answer<K>>(name, values === null ? undefined : { arguments: values });
  } catch (error) {
    throw toCommandFailure(error);
  }
}
