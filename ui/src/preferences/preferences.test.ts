import { expect, test } from 'vitest';
import { keepPreferencesOf, preferences, readPreferences, setPreference } from './preferences';

test('nothing stored, or something that is not ours, is the usual layout', () => {
  const usual = readPreferences(null);
  expect(usual).toMatchObject({ rail: 'wide', density: 'comfortable', panelWidth: 380, views: [] });
  expect(readPreferences('{not json')).toEqual(usual);
  expect(readPreferences('[1, 2]')).toEqual(usual);
  expect(readPreferences('{"panelWidth": 9000, "rail": "sideways"}')).toMatchObject({
    panelWidth: 720,
    rail: 'wide',
  });
});

test('each profile has its own', () => {
  keepPreferencesOf('/one');
  setPreference('rail', 'folded');
  keepPreferencesOf('/two');
  expect(preferences().rail).toBe('wide');
  keepPreferencesOf('/one');
  expect(preferences().rail).toBe('folded');
});
