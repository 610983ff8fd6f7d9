// Takes pictures of the preview's pages with WebKit on a display of its own:
//   npm run pictures -- [folder] [parts of pictures' names, with commas]
// Needs Xvfb, WebKitWebDriver and MiniBrowser, which scripts/setup installs.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'vite';

const [folder = 'preview/pictures', only = ''] = process.argv.slice(2);
const DISPLAY = ':93';
const DRIVER = 'http://127.0.0.1:4493';
const BROWSER = [
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  '/usr/libexec/webkit2gtk-4.1/MiniBrowser',
].find((path) => existsSync(path));

const PAGES = ['', 'orders', 'products', 'activities', 'shops', 'sync', 'settings'];
const ROW = encodeURIComponent('us:635500000000001/PO-211-1190000000000000');
/** Name, scene, address, and what to do there; each is taken in both languages and themes. */
const PICTURES = [
  ...PAGES.map((page) => [page || 'overview', 'full', page ? `/${page}` : '/?days=30']),
  ['order', 'full', `/orders?row=%22${ROW}%22`],
  ['order-page', 'full', `/orders/${encodeURIComponent('us:635500000000001')}/PO-211-1190000000000000`],
  ['pressing', 'full', '/orders?status=%5B%22due_soon%22%2C%22overdue%22%5D'],
  ['check', 'full', '/sync/check', '[data-testid=check-start]'],
  ['aside', 'full', '/sync/aside'],
  ...PAGES.filter((page) => page !== 'settings').map((page) => [
    `empty-${page || 'overview'}`,
    'empty',
    page ? `/${page}` : '/?days=7',
  ]),
  ...PAGES.filter((page) => page !== 'settings').map((page) => [
    `error-${page || 'overview'}`,
    'error',
    page ? `/${page}` : '/?days=7',
  ]),
  ['empty-filtered', 'empty', '/orders?q=lamp'],
  ['empty-scope', 'full', '/products?shops=%5B%22eu%3A635500000000002%22%5D'],
  ['first-run', 'first-run', '/orders'],
  ['syncing', 'syncing', '/orders?dialog=sync'],
  ['palette', 'full', '/orders?dialog=palette'],
  ['shortcuts', 'full', '/orders?dialog=shortcuts'],
  ['authorize', 'full', '/shops?dialog=authorize'],
  ['remove', 'full', '/shops', '[data-testid=shop-menu]', undefined, '[data-testid=remove-shop]'],
  [
    'removed',
    'full',
    '/shops',
    '[data-testid=shop-menu]',
    undefined,
    '[data-testid=remove-shop]',
    '[data-testid=remove-confirm]',
  ],
  ['shop-menu', 'full', '/shops', '[data-testid=shop-menu]'],
  ['clock', 'clock', '/shops'],
  ['help', 'full', '/shops', '[data-testid=whitelist-help] summary'],
  ['scopes', 'full', '/shops', '[data-testid=shop-card] details summary'],
  ['product', 'full', '/products?row=%22us%3A635500000000001%2F601099510000000%22'],
  ['columns', 'full', '/orders', '[data-testid=columns]'],
  ['lines', 'full', '/orders', '[data-testid=grid-row]:nth-child(4) [data-testid=unfold]'],
  ['skus', 'full', '/products', '[data-testid=grid-row]:nth-child(2) [data-testid=unfold]'],
  ['export', 'full', '/orders', '[data-testid=export]'],
  ['export-own', 'full', '/orders', '[data-testid=export]', undefined, '[data-testid=export-column-shop]'],
  ['views', 'full', '/orders', '[data-testid=views]'],
  ['timeline', 'full', '/activities?as=%22timeline%22'],
  ['filters', 'full', '/orders?ship=%22next_3%22&risk=%5B%22due_soon%22%5D', '[data-testid=filter-ship]'],
  ['ask-filter', 'full', '/products', '[data-testid=more-filters]'],
  ['switcher', 'full', '/?days=90', '[data-testid=shop-switcher]'],
  ['waiting', 'waiting', '/orders?dialog=sync'],
  ['news', 'news', '/orders?status=%5B%22due_soon%22%5D'],
  ['selected', 'full', '/orders', '[data-testid=grid-row] input'],
  ['zoomed-overview', 'full', '/?days=7', undefined, [640, 400]],
  ['tall-overview', 'full', '/?days=30', undefined, [1280, 1060]],
  ['zoomed', 'full', '/orders', undefined, [640, 400]],
  ['tall-settings', 'full', '/settings', undefined, [1280, 1060]],
  ['whole-settings', 'full', '/settings', undefined, [1280, 2000]],
  ['close', 'close', '/orders'],
  ['restore', 'full', '/settings?dialog=restore'],
  ['diagnostics', 'full', '/settings?dialog=diagnostics', '[data-testid=diagnostics-file] summary'],
  ['licences', 'full', '/settings?dialog=licences', '[data-testid=licence] summary'],
  ['closed', 'closed', '/orders'],
];

const running = [];
const start = (program, ...args) => {
  const child = spawn(program, args, {
    env: {
      ...process.env,
      DISPLAY,
      NO_AT_BRIDGE: '1',
      GDK_BACKEND: 'x11',
      TZ: process.env.TZ ?? 'Europe/Berlin',
    },
    stdio: 'ignore',
  });
  running.push(child);
};
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function driver(method, path, body) {
  const answer = await fetch(`${DRIVER}${path}`, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${value.message}`);
  return value;
}

async function until(what, attempt) {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await Promise.resolve(attempt()).catch(() => undefined);
    if (found) return found;
    await sleep(100);
  }
  throw new Error(`waited for ${what} in vain`);
}

const SETTLED = `
  const isList = /^#.(orders|products|activities)([?]|$)/.test(location.hash);
  const listed = '[data-testid=grid-row][data-key], [data-testid=timeline-row], [data-testid=empty], [data-testid=error-box], [data-testid=open-demo]';
  if (isList && document.querySelector(listed) === null) return false;
  const moves = (animation) => animation.effect.getTiming().iterations !== Infinity;
  return document.readyState === 'complete' && document.querySelector('main, [role=alert]') !== null
    && (document.querySelector('[data-testid=empty], [role=alert], [data-testid=grid-row], [data-testid=timeline-row], [data-testid=shop-card], [data-testid=sync-run], [data-testid=check-start], [data-testid=aside-row], h2, [data-testid=open-demo]') !== null)
    && document.querySelector('.skeleton') === null
    && (!location.hash.startsWith('#/?') || document.querySelector('.recharts-surface, [role=alert], [data-testid=trend-orders] > p') !== null) && !document.getAnimations().some(moves)`;

/** A busy computer paints late. */
const PAINTED = `
  const done = arguments[0];
  let frames = 30;
  const next = () => (frames-- > 0 ? requestAnimationFrame(next) : done());
  next();`;

// A file that is edited meanwhile must not reload the page.
const server = await createServer({
  server: { port: 5193, strictPort: true, hmr: false, watch: null },
  logLevel: 'warn',
});
await server.listen();
start('Xvfb', DISPLAY, '-screen', '0', '1400x2200x24');
await sleep(500);
start('openbox');
start('WebKitWebDriver', '--port=4493');
try {
  await until('the driver', () => driver('GET', '/status'));
  const { sessionId } = await driver('POST', '/session', {
    capabilities: {
      alwaysMatch: { 'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] } },
    },
  });
  const session = `/session/${sessionId}`;
  const run = (script, ...args) => driver('POST', `${session}/execute/sync`, { script, args });
  mkdirSync(folder, { recursive: true });
  let chrome = [0, 0];
  const resize = async ([width, height]) => {
    await driver('POST', `${session}/window/rect`, { width: width + chrome[0], height: height + chrome[1] });
    await sleep(300);
  };
  await driver('POST', `${session}/url`, { url: 'http://127.0.0.1:5193/preview/' });
  await resize([1280, 800]);
  const [width, height] = await run('return [innerWidth, innerHeight]');
  chrome = [1280 - width, 800 - height];

  for (const [name, scene, address, click, size = [1280, 800], ...more] of PICTURES) {
    for (const language of ['en', 'zh-CN']) {
      for (const theme of ['light', 'dark']) {
        const file = `${folder}/${name}-${language}-${theme}.png`;
        if (!only.split(',').some((part) => file.includes(part))) continue;
        await resize(size);
        const query = new URLSearchParams({ scene, language, theme });
        await driver('POST', `${session}/url`, { url: 'about:blank' });
        await driver('POST', `${session}/url`, { url: `http://127.0.0.1:5193/preview/?${query}#${address}` });
        await until('the page to settle', () => run(SETTLED));
        if (scene === 'news') {
          await until('news', () => run('return document.querySelector("[data-testid=news]") !== null'));
        }
        if (scene === 'close') {
          await until('the question', () => run('return document.querySelector("[role=dialog]") !== null'));
        }
        for (const part of [click, ...more]) {
          if (part) await run('document.querySelector(arguments[0])?.click()', part);
          await sleep(400);
        }
        await driver('POST', `${session}/execute/async`, { script: PAINTED, args: [] });
        writeFileSync(file, Buffer.from(await driver('GET', `${session}/screenshot`), 'base64'));
        console.log(file);
      }
    }
  }
  await driver('DELETE', session);
} finally {
  for (const child of running) child.kill();
  await server.close();
}
