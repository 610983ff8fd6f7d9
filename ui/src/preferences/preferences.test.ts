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

test('setting one leaves the others the very same, so that nothing is drawn anew for them', () => {
  setPreference('panelWidth', 9000);
  const { layouts, views } = preferences();
  setPreference('place', { page: '/orders', searches: {} });
  expect(preferences().layouts).toBe(layouts);
  expect(preferences().views).toBe(views);
  expect(preferences()).toEqual(readPreferences(localStorage.getItem('seller-desk:/one')));
  expect(preferences()).toMatchObject({ panelWidth: 720, place: { page: '/orders' } });
});
