import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { settings } from '../../api/queries';
import type { SettingsState } from '../../bindings/SettingsState';
import { Switch } from '../../components/switch';
import { MINUTE } from '../../format/time';
import { useFormat } from '../../format/use-format';
import { useChangeSettings } from '../settings/use-change-settings';

/** Pauses and resumes the automatic sync, and says when it is next. */
export function AutomaticSwitch({ next }: { next: number | null }) {
  const state = useQuery(settings).data;
  return state ? <Known state={state} next={next} /> : null;
}

function Known({ state, next }: { state: SettingsState; next: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { settings, fixed, change, note } = useChangeSettings(state);
  const ahead = () => {
    if (next === null) return t('settings.auto_sync');
    const isSoon = next - format.now < MINUTE;
    return isSoon ? t('sync.next_soon') : t('sync.next', { time: format.relative(next) });
  };
  const words = settings.auto_sync ? ahead() : t('sync.automatic_off');
  return (
    <span className="flex min-w-0 items-center gap-2.5 text-muted" title={note('auto_sync', '')}>
      <Switch
        label={t('settings.auto_sync')}
        testId="drawer-auto-sync"
        disabled={fixed('auto_sync')}
        checked={settings.auto_sync}
        onChange={(auto_sync) => change({ auto_sync })}
      />
      <span className="truncate">{words}</span>
    </span>
  );
}
