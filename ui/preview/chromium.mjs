// Holds that the grid works in Chromium, which the web view on Windows is, with a million rows:
//   npm run test-chromium
// Needs chromium and chromedriver, which scripts/setup installs on Debian.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { freePort, servePreview, start } from './browser.mjs';
import { KEYS, openChromium, openGrid, ROWS, wholeRows } from './grid-in-chromium.mjs';

/** Chromium lays out in the screen's pixels, so that a px of a fine screen, or of a zoomed page, reaches less far. */
const SCREENS = [1, 1.5, 3];

/** How far below its top the scrollbar is taken by the thumb, past the arrow there. */
const THUMB = 16;

const profiles = mkdtempSync(join(tmpdir(), 'chromium-'));
const driver = await freePort();
let preview;
before(async () => {
  preview = await servePreview();
  start('chromedriver', [`--port=${driver}`]);
});
after(async () => {
  await preview.close();
  rmSync(profiles, { recursive: true, force: true, maxRetries: 10 });
});

for (const screen of SCREENS) {
  describe(`a million orders, a px being ${screen} of the screen's`, () => {
    let browser;
    let grid;
    before(async () => {
      browser = await openChromium(driver, join(profiles, `${screen}`), screen);
      grid = await openGrid(browser, preview.address);
    });
    after(() => browser?.close());

    test('the grid tells how many rows there are', async () => {
      await grid.see('a million rows', ({ count }) => assert.equal(count, ROWS + 1));
    });

    test('End shows the last order, Home the first', async () => {
      await grid.begin();
      await grid.press(KEYS.end);
      const { rows } = await grid.seeActive(ROWS - 1);
      assert.equal(rows.at(-1).place, ROWS - 1);
      await grid.press(KEYS.home);
      await grid.seeActive(0);
    });

    for (const [end, first, step, arrow, page] of [
      ['home', 0, 1, 'down', 'pageDown'],
      ['end', ROWS - 1, -1, 'up', 'pageUp'],
    ]) {
      test(`from ${end} on, keys go row by row and page by page, and skip none`, async () => {
        await grid.begin();
        await grid.press(KEYS[end]);
        let place = first;
        let seen = await grid.seeActive(place);
        const rowsInSight = wholeRows(seen).length;
        for (let steps = 0; steps < rowsInSight + 4; steps += 1) {
          await grid.press(KEYS[arrow]);
          place += step;
          seen = await grid.seeActive(place);
        }
        for (let pages = 0; pages < 3; pages += 1) {
          const before = wholeRows(seen);
          await grid.press(KEYS[page]);
          place += step * (rowsInSight - 1);
          seen = await grid.seeActive(place);
          const [above, below] = step > 0 ? [before, wholeRows(seen)] : [wholeRows(seen), before];
          assert.ok(below[0].place <= above.at(-1).place + 1, 'a row was skipped');
        }
      });
    }

    test('the lines that the last order unfolds to are reached, too', async () => {
      await grid.begin();
      await grid.press(KEYS.end);
      await grid.seeActive(ROWS - 1);
      await grid.press(KEYS.right);
      const { count } = await grid.see('lines', (seen) => assert.ok(seen.count > ROWS + 1));
      await grid.press(KEYS.end);
      const { rows } = await grid.seeActive(count - 2);
      assert.ok(rows.at(-1).isLine);
      await grid.press(KEYS.left);
      await grid.seeActive(ROWS - 1);
      await grid.press(KEYS.left);
      await grid.see('no lines', (seen) => assert.equal(seen.count, ROWS + 1));
    });

    test('a column is moved by mouse, and back by key', async () => {
      const { columns, sorted, address } = await grid.begin();
      const [first, second, third, ...others] = columns;
      const from = await grid.middleOf(`[data-header=${third}]`);
      const to = await grid.middleOf(`[data-header=${second}]`);
      await grid.drag(from, [from[0] - 20, from[1]], to);
      const moved = await grid.see('the column to move', (seen) => {
        assert.deepEqual(seen.columns, [first, third, second, ...others]);
      });
      // Neither header nor row took it for a click.
      assert.deepEqual([moved.sorted, moved.address], [sorted, address]);

      await grid.begin();
      await grid.press(KEYS.up);
      await grid.press(KEYS.right);
      await grid.see('the keys on the column', ({ activeColumn }) => assert.equal(activeColumn, third));
      await grid.press(KEYS.right, KEYS.control);
      const back = await grid.see('the column to move back', (seen) => {
        assert.deepEqual(seen.columns, columns);
      });
      assert.equal(back.activeColumn, third);
    });

    test('a column is made wider by mouse, and by key', async () => {
      const { columns, widths } = await grid.begin();
      const [column] = columns;
      const [x, y] = await grid.middleOf(`[data-resize=${column}]`);
      await grid.drag([x, y], [x + 20, y], [x + 60, y]);
      await grid.see('the dragged width', (seen) => assert.equal(seen.widths[column], widths[column] + 60));

      await grid.begin();
      await grid.press(KEYS.up);
      for (let steps = 0; steps < columns.length; steps += 1) await grid.press(KEYS.left);
      await grid.press(KEYS.right, KEYS.shift);
      await grid.see('the width by key', (seen) => assert.equal(seen.widths[column], widths[column] + 76));
    });

    const dragThumb = async (part) => {
      const { x, top, height } = (await grid.begin()).scrollbar;
      const from = top + THUMB;
      await grid.drag([x, from], [x, from + 20], [x, from + part * (height - 2 * THUMB)]);
    };

    test('the scrollbar, dragged to its end, shows the last order', async () => {
      await dragThumb(1);
      await grid.see('the last order', ({ rows }) => assert.equal(rows.at(-1).place, ROWS - 1));
    });

    // The last test: the thumb stops between two px, and Chromium may keep that fraction when it is scrolled elsewhere.
    test('the scrollbar, dragged halfway, shows the middle, and the wheel goes on from there', async () => {
      await dragThumb(0.5);
      let seen = await grid.see('the middle', ({ rows }) => {
        assert.ok(Math.abs(rows[0].place - ROWS / 2) < ROWS / 50, `${rows[0].place} is not the middle`);
      });
      for (let turns = 0; turns < 3; turns += 1) {
        const before = seen;
        await grid.turnWheel(100);
        seen = await grid.see('the wheel to turn', ({ scrollTop }) => {
          assert.ok(Math.abs(scrollTop - before.scrollTop - 100) < 2, `${scrollTop} is not 100 px further`);
        });
        const [next] = wholeRows(seen);
        assert.ok(next.place > wholeRows(before)[0].place, 'the list stands still');
        assert.ok(next.place <= wholeRows(before).at(-1).place + 1, 'a row was skipped');
      }
    });
  });
}
