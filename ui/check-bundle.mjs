// Fails when what the window loads before its first paint grows past the budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_BYTES = 400 * 1024;

const page = readFileSync('dist/index.html', 'utf8');
const assets = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
const sizes = assets.map((asset) => ({ asset, bytes: gzipSync(readFileSync(`dist/${asset}`)).length }));
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);

for (const { asset, bytes } of sizes)
  console.log(`${(bytes / 1024).toFixed(1).padStart(8)} kB gzip  ${asset}`);
console.log(`${(total / 1024).toFixed(1).padStart(8)} kB gzip  of ${BUDGET_BYTES / 1024} kB`);
if (assets.length === 0 || total > BUDGET_BYTES) process.exit(1);
