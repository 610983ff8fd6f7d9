//! What surrounds every page: language, theme, toasts.

import { CSPProvider } from '@base-ui/react/csp-provider';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { appInfo, settings } from '../api/queries';
import { ToastProvider } from '../components/toast';
import { catalogueFor } from '../i18n';
import { beginVisit } from '../preferences/last-visit';
import { keepPreferencesOf } from '../preferences/preferences';

export function WindowRoot({ children }: { children: ReactNode }) {
  const ready = useLanguageAndTheme();
  return (
    <CSPProvider disableStyleElements>
      <ToastProvider>{ready && children}</ToastProvider>
    </CSPProvider>
  );
}

/** Applies both settings; `false` until the first language is known, so that no word flashes in the wrong one. */
function useLanguageAndTheme(): boolean {
  const { i18n, t } = useTranslation();
  const info = useQuery(appInfo);
  const isOpen = info.data?.failure === null;
  const state = useQuery({ ...settings, enabled: isOpen });
  const chosen = isOpen ? state.data?.settings : undefined;
  const language = info.data && catalogueFor(chosen?.language ?? 'system', info.data.system_language);
  const settled = info.isError || (info.isSuccess && (state.isFetched || info.data.failure !== null));

  const profile = info.data?.profile;
  useLayoutEffect(() => {
    if (profile === undefined) return;
    keepPreferencesOf(profile);
    return beginVisit();
  }, [profile]);

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
