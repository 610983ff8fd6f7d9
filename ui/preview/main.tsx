//! The window in any browser, with made-up data instead of the core: `npm run dev`, then /preview/.
//! `?scene=full|empty|error|first-run|syncing|waiting|news|million&language=en|zh-CN&theme=light|dark#/orders`. Never part of the app.

import { createRoot } from 'react-dom/client';
import type { Settings } from '../src/bindings/Settings';
import { createWindow } from '../src/window';
import { previewCore } from './core';
import '../src/i18n';
import '../src/theme.css';

const wanted = new URLSearchParams(location.search);
previewCore(wanted.get('scene') ?? 'full', {
  language: (wanted.get('language') ?? 'en') as Settings['language'],
  theme: (wanted.get('theme') ?? 'light') as Settings['theme'],
});

// The window's address is its own: what was wished for must not stand in it.
history.replaceState(null, '', location.pathname + location.hash);

const { element } = await createWindow();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(element);
