// Takes pictures of the preview's pages with WebKit on a display of its own:
//   npm run pictures -- [folder] [parts of pictures' names, with commas]
// Needs Xvfb, WebKitWebDriver and MiniBrowser, which scripts/setup installs.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { freePort, openBrowser, servePreview, start, until } from './browser.mjs';

const [folder = 'preview/pictures', only = ''] = process.argv.slice(2);
const DISPLAY = ':93';
const ENVIRONMENT = {
  DISPLAY,
  NO_AT_BRIDGE: '1',
  GDK_BACKEND: 'x11',
  TZ: process.env.TZ ?? 'Europe/Berlin',
};
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

const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

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

const server = await servePreview();
const port = await freePort();
start('Xvfb', [DISPLAY, '-screen', '0', '1400x2200x24']);
await sleep(500);
start('openbox', [], ENVIRONMENT);
start('WebKitWebDriver', [`--port=${port}`], ENVIRONMENT);
try {
  const browser = await openBrowser(port, {
    'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] },
  });
  const { run } = browser;
  mkdirSync(folder, { recursive: true });
  let chrome = [0, 0];
  const resize = async ([width, height]) => {
    await browser.send('POST', '/window/rect', { width: width + chrome[0], height: height + chrome[1] });
    await sleep(300);
  };
  await browser.open(server.address);
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
        await browser.open('about:blank');
        await browser.open(`${server.address}?${query}#${address}`);
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
        await browser.send('POST', '/execute/async', { script: PAINTED, args: [] });
        writeFileSync(file, Buffer.from(await browser.send('GET', '/screenshot'), 'base64'));
        console.log(file);
      }
    }
  }
  await browser.close();
} finally {
  await server.close();
}
