import { useTranslation } from 'react-i18next';
import type { Resource } from '../../bindings/Resource';
import type { SettingsState } from '../../bindings/SettingsState';
import { Switch } from '../../components/switch';
import { NumberSetting } from './number-setting';
import { RetentionRow } from './retention-row';
import { Row, Section } from './section';
import { useChangeSettings } from './use-change-settings';

const RESOURCES: readonly Resource[] = ['orders', 'products', 'activities'];

export function SyncSection({ state }: { state: SettingsState }) {
  const { t } = useTranslation();
  const { settings, change, fixed, note } = useChangeSettings(state);
  return (
    <Section title={t('settings.syncing')}>
      <Row label={t('settings.auto_sync')} note={note('auto_sync', t('settings.auto_sync_hint'))}>
        {(id) => (
          <Switch
            id={id}
            label={t('settings.auto_sync')}
            testId="setting-auto-sync"
            disabled={fixed('auto_sync')}
            checked={settings.auto_sync}
            onChange={(auto_sync) => change({ auto_sync })}
          />
        )}
      </Row>
      {RESOURCES.map((resource) => {
        const field = `${resource}_interval_minutes` as const;
        return (
          <Row
            key={resource}
            label={t(`settings.interval.${resource}`)}
            note={note(field, t(`settings.interval_hint.${resource}`))}
            unit={t('settings.interval_unit')}
          >
            {(id) => (
              <NumberSetting
                id={id}
                testId={`setting-interval-${resource}`}
                min={1}
                max={10_080}
                disabled={fixed(field) || !settings.auto_sync}
                value={settings[field]}
                onChange={(minutes) => change({ [field]: minutes })}
              />
            )}
          </Row>
        );
      })}
      <Row label={t('settings.rate')} note={note('requests_per_second', t('settings.rate_hint'))}>
        {(id) => (
          <NumberSetting
            id={id}
            testId="setting-rate"
            min={1}
            max={200}
            disabled={fixed('requests_per_second')}
            value={settings.requests_per_second}
            onChange={(requests_per_second) => change({ requests_per_second })}
          />
        )}
      </Row>
      <Row
        label={t('settings.history')}
        note={note('history_days', t('settings.history_hint'))}
        unit={t('settings.history_unit')}
      >
        {(id) => (
          <NumberSetting
            id={id}
            testId="setting-history"
            min={30}
            max={3650}
            disabled={fixed('history_days')}
            value={settings.history_days}
            onChange={(history_days) => change({ history_days })}
          />
        )}
      </Row>
      <RetentionRow state={state} />
    </Section>
  );
}
