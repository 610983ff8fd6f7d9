import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useStartSync } from '../api/mutations';
import { useOpen } from './open-dialog';
import { PAGES } from './pages';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

/** The keys that work everywhere. Dialogs and menus close themselves with Esc. */
export function useShortcuts(): void {
  const navigate = useNavigate();
  const open = useOpen();
  const { start } = useStartSync();

  useEffect(() => {
    const withControl = (event: KeyboardEvent) => {
      const page = PAGES[Number(event.key) - 1];
      if (page) void navigate({ to: page.to });
      else if (event.key === 'r') start([]);
      else return;
      event.preventDefault();
    };
    const plain = (event: KeyboardEvent) => {
      if (event.key === '/') {
        document.querySelector<HTMLInputElement>('[data-search-box]')?.focus();
        event.preventDefault();
      } else if (event.key === '?') {
        open.shortcuts();
      } else if (event.key === 'Escape' && !document.querySelector('[role="dialog"], [role="menu"]')) {
        void navigate({ to: '.', search: (previous) => ({ ...previous, row: undefined }), replace: true });
      }
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      if (event.ctrlKey || event.metaKey) withControl(event);
      else if (!isTyping(event.target)) plain(event);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [navigate, open, start]);
}
