import { expect, test } from 'vitest';
import tokens from './tokens.css?raw';

type Colour = readonly [lightness: number, chroma: number, hue: number];
type Theme = 'light' | 'dark';

const OKLCH = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g;

/** Every opaque colour token in both themes. */
const COLOURS = new Map(
  [...tokens.matchAll(/--([\w-]+): light-dark\((.+)\);/g)].flatMap(([, name = '', pair = '']) => {
    const [light, dark] = [...pair.matchAll(OKLCH)].map(
      ([, ...parts]) => parts.map(Number) as unknown as Colour,
    );
    return light && dark ? [[name, { light, dark }] as const] : [];
  }),
);

/** OKLCH to linear sRGB, and from there the relative luminance of WCAG 2. */
function luminance([lightness, chroma, hue]: Colour): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.max(0, Math.min(1, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, theme: Theme): number {
  const [first, second] = [one, other].map((name) => {
    const colour = COLOURS.get(name);
    if (!colour) throw new Error(`no colour ${name}`);
    return luminance(colour[theme]);
  }) as [number, number];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

const SURFACES = ['page', 'surface', 'raised', 'hover', 'selected', 'accent-soft'];

/** Text and what it stands on: 4.5 : 1 (WCAG 2.2, 1.4.3). */
const TEXTS: [string, string][] = [
  ...['text', 'text-muted', 'text-faint', 'accent', 'danger', 'warning'].flatMap((text) =>
    SURFACES.map((surface): [string, string] => [text, surface]),
  ),
  ['success', 'surface'],
  ['success', 'success-soft'],
  ['warning', 'warning-soft'],
  ['danger', 'danger-soft'],
  ['text', 'danger-soft'],
  ['text-muted', 'danger-soft'],
  ['text', 'warning-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-accent', 'danger'],
  ['on-accent', 'danger-strong'],
];

/** Signs and what tells a control from its surroundings: 3 : 1 (WCAG 2.2, 1.4.11). */
const SIGNS: [string, string][] = [
  ...SURFACES.map((surface): [string, string] => ['accent', surface]),
  ...['surface', 'selected', 'accent-soft', 'hover'].map((surface): [string, string] => [
    'text-faint',
    surface,
  ]),
];

test('the arithmetic knows black and white', () => {
  expect(luminance([1, 0, 0])).toBeCloseTo(1, 3);
  expect(luminance([0, 0, 0])).toBe(0);
});

test.each(['light', 'dark'] as const)('every text can be read in the %s theme', (theme) => {
  const weak = TEXTS.map(([text, ground]) => ({ text, ground, ratio: contrast(text, ground, theme) })).filter(
    ({ ratio }) => ratio < 4.5,
  );
  expect(weak).toEqual([]);
});

test.each(['light', 'dark'] as const)('every sign can be seen in the %s theme', (theme) => {
  const weak = SIGNS.map(([sign, ground]) => ({ sign, ground, ratio: contrast(sign, ground, theme) })).filter(
    ({ ratio }) => ratio < 3,
  );
  expect(weak).toEqual([]);
});

test('components name roles, never raw colours', () => {
  const sources = import.meta.glob<string>('./**/*.{tsx,ts,css}', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const raw = Object.entries(sources).filter(
    ([path, text]) =>
      !/tokens\.(css|test\.ts)$/.test(path) &&
      !path.includes('.test.') &&
      /#[0-9a-f]{6}\b|\b(rgba?|hsla?|oklch)\(/i.test(text),
  );
  expect(raw.map(([path]) => path)).toEqual([]);
});
