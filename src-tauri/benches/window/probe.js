// Runs inside the page. What a frame's callback finds is painted by the end of that frame.

const find = (name) => document.querySelector(`[data-testid=${name}]`);
const frame = () => new Promise((next) => requestAnimationFrame(next));
const until = async (holds) => {
  const end = performance.now() + 20_000;
  do await frame();
  while (!holds() && performance.now() < end);
  if (!holds()) throw new Error(`waited for ${holds}`);
};
const allRows = () => [...document.querySelectorAll('[data-testid=grid-row]')];
// What the list shows; nothing while any of its rows is on its way.
const shown = () => {
  const rows = allRows();
  if (rows.length === 0 || rows.some((row) => row.dataset.key === undefined)) return undefined;
  const count = find('grid').getAttribute('aria-rowcount');
  return [count, ...rows.map((row) => `${row.getAttribute('aria-rowindex')} ${row.dataset.key}`)].join('\n');
};

// Milliseconds until other rows than before are painted.
const timeToOtherRows = async (act) => {
  await until(() => shown() !== undefined);
  const before = shown();
  const start = performance.now();
  act();
  await until(() => shown() !== undefined && shown() !== before);
  await frame();
  return performance.now() - start;
};

// The longest task that kept the page from everything else while this was done. A message comes after what was on its way when it was
// sent; a timer would come later, after several tasks.
const standstill = async (act) => {
  let longest = 0;
  let last = performance.now();
  let isOver = false;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) port2.postMessage(null);
  };
  port2.postMessage(null);
  await act();
  isOver = true;
  return Math.max(longest, performance.now() - last);
};

const press = (element, key) => element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
const goTo = (page, filters = {}) => {
  const words = Object.entries(filters).map(([name, value]) => [name, JSON.stringify(value)]);
  location.hash = `#/${page}?${new URLSearchParams(words)}`;
};
// Scrolls for so many milliseconds, a turn of the wheel in each frame; gives the time between the frames.
const wheel = async (box, milliseconds) => {
  const times = [];
  let last = await frame();
  const end = last + milliseconds;
  while (last < end) {
    box.scrollTop += 120;
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  return times;
};

// A list over the grid that the web view scrolls by itself: 600 rows of eight words, all of them in the page.
const withPlainList = async (act) => {
  const { left, top, width, height } = find('grid').getBoundingClientRect();
  const list = document.createElement('div');
  list.style.cssText = `position: fixed; z-index: 99; overflow: auto; background: canvas; left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
  const cells = '<span>some words</span>'.repeat(8);
  const row = `<div style="display: grid; grid-template-columns: repeat(8, 1fr); height: 40px; border-bottom: 1px solid">${cells}</div>`;
  list.innerHTML = row.repeat(600);
  document.body.append(list);
  try {
    return await act(list);
  } finally {
    list.remove();
  }
};

const probe = {
  scroll: () => wheel(find('grid'), 3_000),
  scrollPlain: () => withPlainList((list) => wheel(list, 3_000)),
  jump: (place) =>
    timeToOtherRows(() => {
      const grid = find('grid');
      grid.scrollTop = place * (grid.scrollHeight - grid.clientHeight);
    }),
  standstillAtRest: () => standstill(() => new Promise((done) => setTimeout(done, 2_000))),
  standstillScrollingPlain: () => withPlainList((list) => standstill(() => wheel(list, 3_000))),
  standstillScrolling: () => standstill(() => wheel(find('grid'), 3_000)),
  standstillPaging: () =>
    standstill(async () => {
      for (let number = 0; number < 40; number += 1) {
        press(find('grid'), 'PageDown');
        await until(() => shown() !== undefined);
      }
    }),
  standstillOpening: () =>
    standstill(async () => {
      const keys = allRows().map((row) => row.dataset.key);
      for (const key of keys.slice(2, 12)) {
        const [, number] = key.split('/');
        allRows()
          .find((row) => row.dataset.key === key)
          .click();
        await until(() => find('order-panel')?.textContent.includes(number));
        await frame();
      }
      goTo('orders');
      await until(() => !find('order-panel'));
    }),
  standstillChangingPage: () =>
    standstill(async () => {
      for (const page of ['products', 'activities', 'orders']) await timeToOtherRows(() => goTo(page));
    }),
  filterByStatus: (name) => timeToOtherRows(() => find(`kpi-${name}`).click()),
  filterByShop: (shop) => timeToOtherRows(() => goTo('orders', { shops: [shop] })),
  sort: (column, descending) => timeToOtherRows(() => goTo('orders', { sort: column, desc: descending })),
  search: (length, place) => {
    // Zeros stand in every number, and what finds all orders changes nothing.
    const digits = allRows()[place].dataset.key.replace(/0+$/, '');
    const text = digits.slice(-length);
    return timeToOtherRows(() => goTo('orders', { q: text }));
  },
  showAll: () => timeToOtherRows(() => goTo('orders')),
};
