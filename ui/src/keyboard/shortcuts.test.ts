import { expect, test } from 'vitest';
import { keyCaps, SHORTCUTS, type ShortcutGroup, shortcutOf } from './shortcuts';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test('a key is found with Ctrl and with ⌘, and not with a modifier too many', () => {
  expect(shortcutOf('window', press('k', { ctrlKey: true }))).toEqual({ name: 'palette', index: 0 });
  expect(shortcutOf('window', press('k', { metaKey: true }))?.name).toBe('palette');
  expect(shortcutOf('window', press('3', { ctrlKey: true }))).toEqual({ name: 'pages', index: 2 });
  expect(shortcutOf('window', press('k'))).toBeUndefined();
  expect(shortcutOf('window', press('k', { ctrlKey: true, altKey: true }))).toBeUndefined();
  expect(shortcutOf('window', press('k', { ctrlKey: true, shiftKey: true }))).toBeUndefined();
});

test('a sign is found whether or not the keyboard needs Shift for it', () => {
  expect(shortcutOf('window', press('?', { shiftKey: true }))?.name).toBe('help');
  expect(shortcutOf('window', press('/', { shiftKey: true }))?.name).toBe('search');
  expect(shortcutOf('window', press('/'))?.name).toBe('search');
});

test('arrows with and without Shift are not the same', () => {
  expect(shortcutOf('list', press('ArrowDown'))).toEqual({ name: 'move', index: 1 });
  expect(shortcutOf('list', press('ArrowDown', { shiftKey: true }))).toEqual({ name: 'extend', index: 1 });
  expect(shortcutOf('columns', press('ArrowRight', { ctrlKey: true }))).toEqual({ name: 'order', index: 1 });
  expect(shortcutOf('list', press(' '))?.name).toBe('select');
});

test('no two shortcuts of a group share a key', () => {
  for (const group of Object.keys(SHORTCUTS) as ShortcutGroup[]) {
    const keys = Object.values<{ keys: readonly string[] }>(SHORTCUTS[group]).flatMap((one) => one.keys);
    expect(new Set(keys).size, group).toBe(keys.length);
  }
});

test('caps read as on the keyboard', () => {
  expect(keyCaps('window', 'pages')).toEqual(['Ctrl', '1 … 6']);
  expect(keyCaps('columns', 'width')).toEqual(['Shift', '← →']);
  expect(keyCaps('list', 'ends')).toEqual(['Home', 'End']);
});
