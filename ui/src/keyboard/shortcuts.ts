//! Every shortcut, once: the handlers ask which one a key is, the sheet and the palette show them.

/** `Mod` is Ctrl, and ⌘ on a Mac. */
interface Shortcut {
  keys: readonly string[];
  /** What is shown instead; else every key, or the first combination. */
  shown?: string;
}

export const SHORTCUTS = {
  window: {
    palette: { keys: ['Mod+K'] },
    pages: { keys: ['Mod+1', 'Mod+2', 'Mod+3', 'Mod+4', 'Mod+5', 'Mod+6'], shown: 'Mod+1 … 6' },
    settings: { keys: ['Mod+,'] },
    sync: { keys: ['Mod+R'] },
    export: { keys: ['Mod+E'] },
    search: { keys: ['/'] },
    fold_rail: { keys: ['Mod+B'] },
    close: { keys: ['Escape'] },
    help: { keys: ['?'] },
  },
  list: {
    move: { keys: ['ArrowUp', 'ArrowDown'] },
    page: { keys: ['PageUp', 'PageDown'] },
    ends: { keys: ['Home', 'End'] },
    open: { keys: ['Enter'] },
    fold: { keys: ['ArrowLeft', 'ArrowRight'] },
    select: { keys: ['Space'] },
    extend: { keys: ['Shift+ArrowUp', 'Shift+ArrowDown'], shown: 'Shift+↑ ↓' },
    select_all: { keys: ['Mod+A'] },
    unselect: { keys: ['Escape'] },
    copy: { keys: ['Mod+C'] },
  },
  columns: {
    move: { keys: ['ArrowLeft', 'ArrowRight'] },
    rows: { keys: ['ArrowDown'] },
    sort: { keys: ['Enter', 'Space'] },
    width: { keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'], shown: 'Shift+← →' },
    order: { keys: ['Mod+ArrowLeft', 'Mod+ArrowRight'], shown: 'Mod+← →' },
  },
} as const satisfies Record<string, Record<string, Shortcut>>;

export type ShortcutGroup = keyof typeof SHORTCUTS;
export type ShortcutIn<G extends ShortcutGroup> = keyof (typeof SHORTCUTS)[G] & string;

/** What is needed of a key event, React's or the browser's. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

function isPressed(combination: string, event: Pressed): boolean {
  const parts = combination.split('+');
  const key = parts.at(-1) ?? '';
  const wanted = key === 'Space' ? ' ' : key;
  if (event.altKey || parts.includes('Mod') !== (event.ctrlKey || event.metaKey)) return false;
  // A sign such as `?` needs Shift on one keyboard and not on another.
  const isSign = /^[^\w\s]$/.test(wanted);
  if (!isSign && parts.includes('Shift') !== event.shiftKey) return false;
  return event.key.toLowerCase() === wanted.toLowerCase();
}

/** Which shortcut of a group a key is, and which of its keys. */
export function shortcutOf<G extends ShortcutGroup>(
  group: G,
  event: Pressed,
): { name: ShortcutIn<G>; index: number } | undefined {
  for (const [name, { keys }] of Object.entries<Shortcut>(SHORTCUTS[group])) {
    const index = keys.findIndex((combination) => isPressed(combination, event));
    if (index >= 0) return { name: name as ShortcutIn<G>, index };
  }
  return undefined;
}

const CAPS: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Escape: 'Esc',
};

const isMac = /mac/i.test(navigator.userAgent);

/** The caps to press, as they read on this computer's keyboard. */
export function keyCaps<G extends ShortcutGroup>(group: G, name: ShortcutIn<G>): string[] {
  const { keys, shown } = SHORTCUTS[group][name] as Shortcut;
  const caps =
    shown === undefined && keys.every((key) => !key.includes('+'))
      ? keys
      : (shown ?? keys[0] ?? '').split('+');
  return caps.map((cap) => {
    if (cap === 'Mod') return isMac ? '⌘' : 'Ctrl';
    return CAPS[cap] ?? cap;
  });
}
