import { useEffect } from 'react';
import { isComposing } from '../keyboard/composing';
import { shortcutOf } from '../keyboard/shortcuts';
import { useActions } from './use-actions';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]');

const isCovered = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;

/** The keys that work everywhere. Dialogs and menus close themselves with Esc, and let no other key through. */
export function useShortcuts(): void {
  const actions = useActions();
  useEffect(() => {
    // Asked before anyone handles the key: a dialog that Esc closes is gone afterwards.
    let covered = false;
    const beforeKeyDown = () => {
      covered = isCovered();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event)) return;
      const pressed = shortcutOf('window', event);
      if (!pressed) return;
      // Signs are for writing while something is written.
      const isSign = !event.ctrlKey && !event.metaKey && pressed.name !== 'close';
      if (isSign && isTyping(event.target)) return;
      if (covered) {
        // The web view would reload or search in the page.
        if (!isSign && pressed.name !== 'close') event.preventDefault();
        return;
      }
      event.preventDefault();
      actions[pressed.name](pressed.index);
    };
    window.addEventListener('keydown', beforeKeyDown, true);
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', beforeKeyDown, true);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [actions]);
}
