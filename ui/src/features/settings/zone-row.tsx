import { useTranslation } from 'react-i18next';
import { Choice } from '../../components/field';
import { useNow } from '../../format/now';
import { useFormat } from '../../format/use-format';
import { dateFormat, systemZone } from '../../format/zone';
import { setPreference, usePreference } from '../../preferences/preferences';
import { Row } from './section';

/** Where most sellers and their platform's days are. */
const COMMON = [
  'Asia/Shanghai',
  'America/Los_Angeles',
  'America/New_York',
  'Europe/Berlin',
  'Europe/London',
  'UTC',
];

const OTHERS = Intl.supportedValuesOf('timeZone').filter((zone) => !COMMON.includes(zone));

/** The zone of every day and time in the window, of its filters and its exports. */
export function ZoneRow() {
  const { t } = useTranslation();
  const { language } = useFormat();
  const now = useNow();
  const chosen = usePreference('zone');
  const name = (zone: string) =>
    dateFormat(language, zone, { timeZoneName: 'longGeneric' })
      .formatToParts(now * 1000)
      .find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  return (
    <Row label={t('settings.zone')} note={t('settings.zone_hint', { zone: chosen ?? systemZone() })}>
      {(id) => (
        <Choice
          id={id}
          data-testid="setting-zone"
          value={chosen ?? ''}
          onChange={(event) => setPreference('zone', event.target.value || null)}
        >
          <option value="">{t('settings.zone_system')}</option>
          <optgroup label={t('settings.zone_common')}>
            {COMMON.map((zone) => (
              <option key={zone} value={zone}>
                {zone === 'UTC' ? zone : `${name(zone)} (${zone})`}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('settings.zone_others')}>
            {OTHERS.map((zone) => (
              <option key={zone} value={zone}>
                {zone}
              </option>
            ))}
          </optgroup>
        </Choice>
      )}
    </Row>
  );
}
