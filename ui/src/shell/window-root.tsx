//! What surrounds every page: language, theme, toasts.

import { CSPProvider } from '@base-ui/react/csp-provider';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { appInfo, settings } from '../api/queries';
import { ToastProvider } from '../components/toast';
import { noteVisit } from '../preferences/last-visit';
import { appear } from './appear';

export function WindowRoot({ children }: { children: ReactNode }) {
  const info = useQuery(appInfo).data;
  const chosen = useQuery({ ...settings, enabled: info?.failure === null }).data?.settings;
  useEffect(() => {
    if (info) void appear(info, chosen);
  }, [info, chosen]);
  useEffect(noteVisit, []);
  return (
    <CSPProvider disableStyleElements>
      <ToastProvider>{children}</ToastProvider>
    </CSPProvider>
  );
}
