// The grid at a million made-up orders in a Chromium without a screen: looked at, and worked with keys, mouse and wheel.

import assert from 'node:assert/strict';
import { execSync } from 'node:child_process';
import { openBrowser, until } from './browser.mjs';

export const ROWS = 1_000_000;
const MOST_ROWS = 50;

export const KEYS = {
  home: '\uE011',
  end: '\uE010',
  pageUp: '\uE00E',
  pageDown: '\uE00F',
  left: '\uE012',
  up: '\uE013',
  right: '\uE014',
  down: '\uE015',
  shift: '\uE008',
  control: '\uE009',
};

/** Counts the most rows that the page ever held, also between two looks. */
const COUNT_ROWS = `
  const grid = document.querySelector('[data-testid=grid]');
  const count = () => {
    window.mostRows = Math.max(window.mostRows ?? 0, grid.querySelectorAll('[role=row]').length - 1);
  };
  new MutationObserver(count).observe(grid, { childList: true, subtree: true });
  count();`;

const LOOK = `
  const grid = document.querySelector('[data-testid=grid]');
  const { top: gridTop, left, right } = grid.getBoundingClientRect();
  const active = grid.getAttribute('aria-activedescendant');
  const [header, ...rows] = [...grid.querySelectorAll('[role=row]')].map((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return {
      // The header is the first row.
      place: row.ariaRowIndex - 2,
      key: row.dataset.key,
      text: row.textContent,
      top,
      bottom,
      isActive: row.id === active,
      isLine: row.dataset.testid === 'grid-line',
      isWaiting: row.querySelector('.skeleton') !== null,
      isOnTop: document.elementFromPoint(left + 80, (top + bottom) / 2)?.closest('[role=row]') === row,
      columns: [...row.querySelectorAll('[data-column]')].map((cell) => cell.dataset.column),
    };
  });
  const headers = [...grid.querySelectorAll('[data-header]')];
  return {
    count: Number(grid.ariaRowCount),
    most: window.mostRows,
    scrollTop: grid.scrollTop,
    top: header.bottom,
    bottom: gridTop + grid.clientHeight,
    scrollbar: { x: right - (grid.offsetWidth - grid.clientWidth) / 2, top: gridTop, height: grid.clientHeight },
    rows: rows.sort((one, other) => one.place - other.place),
    columns: headers.map((cell) => cell.dataset.header),
    widths: Object.fromEntries(headers.map((cell) => [cell.dataset.header, cell.offsetWidth])),
    activeColumn: headers.find((cell) => cell.id === active)?.dataset.header,
    sorted: headers.find((cell) => cell.ariaSort)?.dataset.header,
    address: location.hash,
  };`;

/** What the made-up core has at these places. */
const ASK = `
  const [start, len] = arguments;
  return __TAURI_INTERNALS__.invoke('view_rows', { arguments: { handle: 1, start, len } }).then(({ rows }) => rows);`;

const MIDDLE = `
  const { left, top, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();
  return [left + width / 2, top + height / 2];`;

const isWhole = (seen, row) => row.top > seen.top - 0.5 && row.bottom < seen.bottom + 0.5;

/** The rows that nothing is cut off. */
export const wholeRows = (seen) => seen.rows.filter((row) => isWhole(seen, row));

/** That the box is full of rows, one below the other. */
function assertFull(seen) {
  const { rows, most, top, bottom, columns } = seen;
  assert.ok(most <= MOST_ROWS, `${most} rows were in the page`);
  assert.ok(rows[0]?.top <= top && rows.at(-1).bottom >= bottom - 0.5, 'a part is blank');
  rows.forEach((row, index) => {
    assert.equal(row.place, rows[0].place + index);
    assert.ok(index === 0 || Math.abs(row.top - rows[index - 1].bottom) < 0.1, `a gap is above ${row.place}`);
    assert.ok(!row.isWaiting, `row ${row.place} is not there yet`);
    assert.ok(row.isOnTop || !isWhole(seen, row), `row ${row.place} is covered`);
    assert.deepEqual(row.columns, columns);
  });
}

/** @param screen How many of the screen's pixels make a px. */
export const openChromium = (driver, profile, screen) =>
  openBrowser(driver, {
    browserName: 'chrome',
    'goog:chromeOptions': {
      binary: execSync('command -v chromium', { encoding: 'utf8' }).trim(),
      args: [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--window-size=1280,900',
        `--force-device-scale-factor=${screen}`,
        `--user-data-dir=${profile}`,
      ],
    },
  });

/** The grid in a browser that shows the preview. */
export async function openGrid(browser, preview) {
  await browser.open(`${preview}?scene=million#/orders`);
  await until('the list', () => browser.run("return document.querySelector('[data-key]') !== null"));
  await browser.run(COUNT_ROWS);

  const act = (type, actions) => browser.send('POST', '/actions', { actions: [{ type, id: type, actions }] });

  /** Presses a key, while another one is held if one is named. */
  const press = (key, held) => {
    const down = [held, key].filter(Boolean).map((value) => ({ type: 'keyDown', value }));
    return act('key', [...down, ...down.toReversed().map(({ value }) => ({ type: 'keyUp', value }))]);
  };
  const drag = (...way) => {
    const [begin, ...moves] = way.map(([x, y]) => ({
      type: 'pointerMove',
      duration: 50,
      x: Math.round(x),
      y: Math.round(y),
    }));
    return act('pointer', [
      begin,
      { type: 'pointerDown', button: 0 },
      ...moves,
      { type: 'pointerUp', button: 0 },
    ]);
  };
  const middleOf = (selector) => browser.run(MIDDLE, selector);
  const turnWheel = async (px) => {
    const [x, y] = await middleOf('[data-testid=grid]');
    const scroll = { type: 'scroll', x: Math.round(x), y: Math.round(y), deltaX: 0, deltaY: px };
    await act('wheel', [scroll]);
  };

  /** Waits until the grid is full of rows, each the one that the core has at its place, and `check` holds. */
  const see = (what, check) =>
    until(what, async () => {
      const seen = await browser.run(LOOK);
      assertFull(seen);
      const shown = seen.rows.filter(({ isLine }) => !isLine);
      const stored = await browser.run(ASK, shown[0].place, shown.length);
      shown.forEach((row, index) => {
        const { shop_id, order_sn } = stored[index];
        assert.equal(row.key, `${shop_id}/${order_sn}`);
        assert.ok(row.text.includes(order_sn), `${row.text} is not ${order_sn}`);
      });
      check(seen);
      return seen;
    });
  const seeActive = (place) =>
    see(`row ${place} to be the active one`, (seen) => {
      const active = seen.rows.find(({ isActive }) => isActive);
      assert.equal(active?.place, place);
      assert.ok(isWhole(seen, active), `${active.top}–${active.bottom} is not in ${seen.top}–${seen.bottom}`);
    });

  /** To the first row, from wherever the keys are; one step down leaves the header. */
  const begin = async () => {
    await browser.run("document.querySelector('[data-testid=grid]').focus()");
    await press(KEYS.down);
    await press(KEYS.home);
    return seeActive(0);
  };

  return { begin, drag, middleOf, press, see, seeActive, turnWheel };
}
