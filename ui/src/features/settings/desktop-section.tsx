import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSetAutostart } from '../../api/mutations';
import { presence } from '../../api/queries';
import type { OnClose } from '../../bindings/OnClose';
import type { SettingsState } from '../../bindings/SettingsState';
import { Choice } from '../../components/field';
import { Switch } from '../../components/switch';
import { useToast } from '../../components/toast';
import { Row, Section } from './section';
import { useChangeSettings } from './use-change-settings';

/** What the app does while its window is closed, and at login. */
export function DesktopSection({ state }: { state: SettingsState }) {
  const { t } = useTranslation();
  const toast = useToast();
  const { settings, change } = useChangeSettings(state);
  const setAutostart = useSetAutostart();
  const desktop = useQuery(presence).data;
  if (!desktop) return null;
  const { tray, autostart } = desktop;
  return (
    <Section title={t('settings.desktop')}>
      <Row
        label={t('settings.on_close')}
        note={tray ? t('settings.on_close_hint') : t('settings.on_close_no_tray')}
      >
        {(id) => (
          <Choice
            id={id}
            data-testid="setting-on-close"
            disabled={!tray}
            value={tray ? settings.on_close : 'quit'}
            onChange={(event) => change({ on_close: event.target.value as OnClose })}
          >
            <option value="ask">{t('settings.on_close_ask')}</option>
            <option value="keep_syncing">{t('settings.on_close_keep_syncing')}</option>
            <option value="quit">{t('settings.on_close_quit')}</option>
          </Choice>
        )}
      </Row>
      {autostart !== null && (
        <Row
          label={t('settings.autostart')}
          note={tray ? t('settings.autostart_hint') : t('settings.autostart_no_tray')}
        >
          {(id) => (
            <Switch
              id={id}
              label={t('settings.autostart')}
              testId="setting-autostart"
              checked={autostart}
              onChange={(enabled) => setAutostart.mutate({ enabled }, { onError: toast.failure })}
            />
          )}
        </Row>
      )}
    </Section>
  );
}
