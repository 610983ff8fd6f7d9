import { expect, test } from 'vitest';
import english from './en.json';
import chinese from './zh-CN.json';

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

const PLURAL = /_(one|other)$/;
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();
const withoutPlurals = (keys: Iterable<string>) =>
  [...new Set([...keys].map((key) => key.replace(PLURAL, '')))].sort();

const en = flatten(english);
const zh = flatten(chinese);

test('both catalogues have the same keys', () => {
  expect(withoutPlurals(zh.keys())).toEqual(withoutPlurals(en.keys()));
});

test('both catalogues have the plural forms that their language needs', () => {
  for (const key of withoutPlurals([...en.keys()].filter((key) => PLURAL.test(key)))) {
    expect(en.has(`${key}_one`) && en.has(`${key}_other`), key).toBe(true);
    expect(zh.has(`${key}_other`) && !zh.has(`${key}_one`), key).toBe(true);
  }
});

test('both catalogues have the same placeholders, and no empty text', () => {
  for (const [key, text] of zh) {
    expect(placeholders(text), key).toEqual(placeholders(en.get(key) ?? ''));
    expect(text.trim(), key).not.toBe('');
  }
  for (const [key, text] of en) expect(text.trim(), key).not.toBe('');
});

test('every key is used', () => {
  const sources = import.meta.glob<string>('../**/*.{ts,tsx}', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const code = Object.entries(sources)
    .filter(([path]) => !path.includes('.test.'))
    .map(([, source]) => source)
    .join('\n');
  // A key is used as a whole, or its last part by a template such as `status.${word}`.
  const isUsed = (key: string) => {
    const base = key.replace(PLURAL, '');
    if (code.includes(`'${base}'`)) return true;
    const templates = base
      .split('')
      .flatMap((_, at) => (/[._]/.test(base[at - 1] ?? '') ? [base.slice(0, at)] : []));
    return templates.some((start) => code.includes(`\`${start}\${`));
  };
  const own = [...en.keys()].filter((key) => !/^(error|cli|file|notice|tray)\./.test(key));
  expect(own.filter((key) => !isUsed(key))).toEqual([]);
});
