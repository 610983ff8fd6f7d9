import { expect, test } from 'vitest';
import english from '../locales/en.json';
import chinese from '../locales/zh-CN.json';
import { CommandFailure, errorActions, toErrorCode, toFailure } from './errors';
import { failure } from './fake';

const codes = Object.keys(errorActions);

test.each([
  ['English', english.error],
  ['Chinese', chinese.error],
] as const)(
  'every code says in %s what happened, why, and what to do',
  (_, words: Record<string, object>) => {
    expect(Object.keys(words).sort()).toEqual([...codes].sort());
    for (const code of codes) {
      expect(Object.keys(words[code] ?? {}), code).toEqual(['title', 'cause', 'cure']);
      for (const text of Object.values(words[code] ?? {})) {
        expect(text.replace('{{message}}', ''), `${code} has no other placeholder`).not.toContain('{{');
      }
    }
  },
);

test('what is thrown becomes a failure that can be shown', () => {
  const network = failure('network');
  expect(toFailure(network)).toBe(network);
  expect(toFailure(new CommandFailure(network))).toBe(network);
  expect(toFailure('command foo not found')).toMatchObject({
    code: 'internal',
    message: 'command foo not found',
  });
  expect(toFailure({ code: 'toString' }).code).toBe('internal');
  expect(toErrorCode('of_a_newer_version')).toBe('internal');
});
