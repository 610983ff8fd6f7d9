import { useTranslation } from 'react-i18next';
import type { NoticeSwitches } from '../../bindings/NoticeSwitches';
import type { SettingsState } from '../../bindings/SettingsState';
import { Choice } from '../../components/field';
import { Switch } from '../../components/switch';
import { Row, Section } from './section';
import { useChangeSettings } from './use-change-settings';

const KINDS: readonly (keyof NoticeSwitches)[] = ['new_orders', 'deadlines', 'failures', 'tokens'];

export function NotificationsSection({ state }: { state: SettingsState }) {
  const { t } = useTranslation();
  const { settings, change } = useChangeSettings(state);
  const { notices, quiet_hours: quiet } = settings;
  return (
    <Section title={t('settings.notifications')}>
      {KINDS.map((kind) => (
        <Row key={kind} label={t(`settings.notice.${kind}`)} note={t(`settings.notice_hint.${kind}`)}>
          {(id) => (
            <Switch
              id={id}
              label={t(`settings.notice.${kind}`)}
              testId={`setting-notice-${kind}`}
              checked={notices[kind]}
              onChange={(on) => change({ notices: { ...notices, [kind]: on } })}
            />
          )}
        </Row>
      ))}
      <Row label={t('settings.quiet_hours')} note={t('settings.quiet_hours_hint')}>
        {(id) => (
          <Switch
            id={id}
            label={t('settings.quiet_hours')}
            testId="setting-quiet-hours"
            checked={quiet.enabled}
            onChange={(enabled) => change({ quiet_hours: { ...quiet, enabled } })}
          />
        )}
      </Row>
      {quiet.enabled && (
        <>
          <TimeRow
            label={t('settings.quiet_from')}
            testId="setting-quiet-from"
            minutes={quiet.from}
            onChange={(from) => change({ quiet_hours: { ...quiet, from } })}
          />
          <TimeRow
            label={t('settings.quiet_to')}
            testId="setting-quiet-to"
            minutes={quiet.to}
            onChange={(to) => change({ quiet_hours: { ...quiet, to } })}
          />
        </>
      )}
    </Section>
  );
}

const HALF_HOURS = Array.from({ length: 48 }, (_, index) => index * 30);

const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

interface TimeRowProps {
  label: string;
  testId: string;
  /** Since midnight. */
  minutes: number;
  onChange: (minutes: number) => void;
}

/** A time of day, by half hours. */
function TimeRow({ label, testId, minutes, onChange }: TimeRowProps) {
  const times = HALF_HOURS.includes(minutes) ? HALF_HOURS : [minutes, ...HALF_HOURS];
  return (
    <Row label={label} note="">
      {(id) => (
        <Choice
          id={id}
          data-testid={testId}
          value={minutes}
          onChange={(event) => onChange(Number(event.target.value))}
        >
          {times.map((time) => (
            <option key={time} value={time}>
              {clock(time)}
            </option>
          ))}
        </Choice>
      )}
    </Row>
  );
}
