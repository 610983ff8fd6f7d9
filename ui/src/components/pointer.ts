import type { PointerEvent as ReactPointerEvent } from 'react';

/** Px that a pointer may tremble before a press becomes a drag. */
const TREMBLE = 4;

interface Drag {
  /** Called with the way to the side from where it began, once it is more than a tremble. */
  move: (way: number, event: PointerEvent) => void;
  end: (way: number, event: PointerEvent) => void;
}

/** Follows the pointer from a press until it is let go; a press without a way is no drag. */
export function followPointer(press: ReactPointerEvent, drag: Drag): void {
  if (press.button !== 0) return;
  const begin = press.clientX;
  const height = press.clientY;
  let moving = false;
  const move = (event: PointerEvent) => {
    const way = event.clientX - begin;
    moving ||= Math.max(Math.abs(way), Math.abs(event.clientY - height)) >= TREMBLE;
    if (moving) drag.move(way, event);
  };
  const end = (event: PointerEvent) => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', end);
    window.removeEventListener('pointercancel', end);
    if (moving) drag.end(event.clientX - begin, event);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', end);
  window.addEventListener('pointercancel', end);
}
