import type { MouseEvent } from 'react';
import type { Slot } from './slots';

/** What the mouse does with a row or one of its lines. */
export type OnSlot = (deed: 'press' | 'select' | 'fold', slot: Slot, event?: MouseEvent) => void;
