import '@testing-library/jest-dom/vitest';
import './src/i18n';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// jsdom lays nothing out: the grid gets a viewport of 600 px, wide enough for every column.
class FixedSizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver = FixedSizeObserver;
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 632 });
Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 1400 });
window.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};
// axe asks for one; jsdom draws nothing.
HTMLCanvasElement.prototype.getContext = () => null;
globalThis.matchMedia ??= (query) =>
  ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
  }) as unknown as MediaQueryList;

// A condition is waited for, however busy the computer is.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  localStorage.clear();
});
