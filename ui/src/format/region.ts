//! Regions: the platform names them by its own numbers, the guide by words.

/** ISO 3166 codes by the open platform's region number (§ 4.10). */
const COUNTRIES: Record<string, string> = {
  12: 'AU',
  20: 'BE',
  29: 'BR',
  37: 'CA',
  43: 'CN',
  69: 'FR',
  76: 'DE',
  98: 'IT',
  100: 'JP',
  128: 'MX',
  141: 'NL',
  144: 'NZ',
  162: 'PL',
  185: 'KR',
  186: 'ES',
  210: 'GB',
  211: 'US',
};

/** The region's name in the language; a number that is not known stays a number, a word a word. */
export function formatRegion(region: string | null, language: string): string | null {
  if (region === null) return null;
  const country = COUNTRIES[region];
  return country ? (new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? region) : region;
}
