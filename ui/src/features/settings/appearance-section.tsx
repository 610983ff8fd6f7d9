import { useTranslation } from 'react-i18next';
import type { Settings } from '../../bindings/Settings';
import type { SettingsState } from '../../bindings/SettingsState';
import { Choice } from '../../components/field';
import { type Preferences, setPreference, usePreference } from '../../preferences/preferences';
import { Row, Section } from './section';
import { useChangeSettings } from './use-change-settings';
import { ZoneRow } from './zone-row';

export function AppearanceSection({ state }: { state: SettingsState }) {
  const { t } = useTranslation();
  const { settings, change, fixed, note } = useChangeSettings(state);
  return (
    <Section title={t('settings.appearance')}>
      <Row label={t('settings.language')} note={note('language', '')}>
        {(id) => (
          <Choice
            id={id}
            data-testid="setting-language"
            disabled={fixed('language')}
            value={settings.language}
            onChange={(event) => change({ language: event.target.value as Settings['language'] })}
          >
            <option value="system">{t('settings.language_system')}</option>
            <option value="en">English</option>
            <option value="zh-CN">简体中文</option>
          </Choice>
        )}
      </Row>
      <Row label={t('settings.theme')} note={note('theme', '')}>
        {(id) => (
          <Choice
            id={id}
            data-testid="setting-theme"
            disabled={fixed('theme')}
            value={settings.theme}
            onChange={(event) => change({ theme: event.target.value as Settings['theme'] })}
          >
            <option value="system">{t('settings.theme_system')}</option>
            <option value="light">{t('settings.theme_light')}</option>
            <option value="dark">{t('settings.theme_dark')}</option>
          </Choice>
        )}
      </Row>
      <ZoneRow />
      <DensityRow />
    </Section>
  );
}

/** How close rows stand; this window's own, so nothing else waits for it. */
function DensityRow() {
  const { t } = useTranslation();
  const density = usePreference('density');
  return (
    <Row label={t('settings.density')} note="">
      {(id) => (
        <Choice
          id={id}
          data-testid="setting-density"
          value={density}
          onChange={(event) => setPreference('density', event.target.value as Preferences['density'])}
        >
          <option value="comfortable">{t('settings.density_comfortable')}</option>
          <option value="compact">{t('settings.density_compact')}</option>
        </Choice>
      )}
    </Row>
  );
}
