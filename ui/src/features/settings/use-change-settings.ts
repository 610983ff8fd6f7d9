import { useTranslation } from 'react-i18next';
import { useSaveSettings } from '../../api/mutations';
import type { Settings } from '../../bindings/Settings';
import type { SettingsState } from '../../bindings/SettingsState';
import { useToast } from '../../components/toast';

/** What a group of settings needs: the values, how to change them, and which of them the environment holds. */
export function useChangeSettings({ settings, set_by_environment }: SettingsState) {
  const { t } = useTranslation();
  const toast = useToast();
  const save = useSaveSettings();
  const fixed = (field: keyof Settings) => set_by_environment.includes(field);
  return {
    settings,
    fixed,
    change: (changes: Partial<Settings>) => save.mutate(changes, { onError: toast.failure }),
    note: (field: keyof Settings, hint: string) => (fixed(field) ? t('settings.by_environment') : hint),
  };
}
