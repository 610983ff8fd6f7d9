//! What surrounds every page: language, theme, toasts, the core's news.

import { CSPProvider } from '@base-ui/react/csp-provider';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { appInfo, settings } from '../api/queries';
import { dropStale } from '../api/tags';
import { ToastProvider } from '../components/toast';
import { followSync } from '../features/sync/follow-sync';
import { catalogueFor } from '../i18n';
import { onEvent } from '../ipc/events';

export function WindowRoot({ children }: { children: ReactNode }) {
  useCoreNews();
  const ready = useLanguageAndTheme();
  return (
    <CSPProvider disableStyleElements>
      <ToastProvider>{ready && children}</ToastProvider>
    </CSPProvider>
  );
}

/** Keeps the cache in step with the core. */
function useCoreNews() {
  const client = useQueryClient();
  useEffect(() => {
    void followSync(client);
    return onEvent('store-changed', (change) => dropStale(client, change));
  }, [client]);
}

/** Applies both settings; `false` until the first language is known, so that no word flashes in the wrong one. */
function useLanguageAndTheme(): boolean {
  const { i18n, t } = useTranslation();
  const info = useQuery(appInfo);
  const state = useQuery({ ...settings, enabled: info.data?.failure === null });
  const chosen = state.data?.settings;
  const language = info.data && catalogueFor(chosen?.language ?? 'system', info.data.system_language);
  const settled = info.isError || (info.isSuccess && (state.isFetched || info.data.failure !== null));

  useEffect(() => {
    if (!language) return;
    void i18n.changeLanguage(language);
    document.documentElement.lang = language;
  }, [i18n, language]);

  useEffect(() => {
    document.title = t('app.name');
  }, [t]);

  useEffect(() => {
    const theme = chosen?.theme ?? 'system';
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [chosen?.theme]);

  return settled && (language === undefined || i18n.language === language);
}
