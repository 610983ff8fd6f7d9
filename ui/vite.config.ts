import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  clearScreen: false,
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  build: {
    // `light-dark()` and `color-mix()` are used as they are.
    target: ['safari18', 'chrome123'],
    // The window's content security policy knows neither data: addresses nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // `npm run check-bundle` holds the budget.
    chunkSizeWarningLimit: 1024,
  },
  test: {
    environment: 'jsdom',
    globals: true,
    setupFiles: ['./vitest.setup.ts'],
    // Styles are read only where a test asks for their text.
    css: { include: [/\.css\?raw/] },
    testTimeout: 30_000,
  },
});
