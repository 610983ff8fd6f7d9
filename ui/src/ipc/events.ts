//! Listens to the core's events.

import { listen } from '@tauri-apps/api/event';
import type { Events } from '../bindings/Events';

type Kebab<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}-${Kebab<Tail>}`
  : Name;
type PayloadOf = { [Name in keyof Events & string as Kebab<Name>]: Events[Name] };

/** Settles once nothing can be missed any more, with what ends the subscription. */
export function onEvent<Name extends keyof PayloadOf>(
  name: Name,
  handle: (payload: PayloadOf[Name]) => void,
): Promise<() => void> {
  return listen<PayloadOf[Name]>(name, (event) => handle(event.payload));
}
