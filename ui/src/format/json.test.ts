import { expect, test } from 'vitest';
import { indentJson } from './json';

test('numbers beyond 2^53 and strings stay as they were received', () => {
  const raw = '{"id":601099000000012345678,"text":"a \\"b\\" {c}, d","list":[1,2]}';
  const indented = indentJson(raw);
  expect(indented).toContain('"id": 601099000000012345678,');
  expect(indented).toContain('"a \\"b\\" {c}, d"');
  expect(indented.split('\n')).toHaveLength(8);
});
