//! The frame: rail, page, status bar, and the dialogs that any page can open.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useReopen } from '../api/mutations';
import { appInfo, shops } from '../api/queries';
import type { Failure } from '../bindings/Failure';
import { useToast } from '../components/toast';
import { DiagnosticsDialog } from '../features/settings/diagnostics-dialog';
import { LicencesDialog } from '../features/settings/licences-dialog';
import { RestoreDialog } from '../features/settings/restore-dialog';
import { VaultBanner } from '../features/settings/vault-banner';
import { VaultDialog } from '../features/settings/vault-dialog';
import { AuthorizationDialog } from '../features/shops/authorization-dialog';
import { AuthorizationOutcomes } from '../features/shops/authorization-outcomes';
import { FirstRun } from '../features/shops/first-run';
import { RecoveredBanner } from '../features/sync/recovered-banner';
import { SyncDrawer } from '../features/sync/sync-drawer';
import { toFailure } from '../ipc/errors';
import { loadAnew } from '../ipc/load-anew';
import { CloseDialog } from './close-dialog';
import { FullPageError } from './full-page-error';
import { type DialogSearch, useOpen } from './open-dialog';
import { Palette } from './palette';
import { Rail } from './rail';
import { ShortcutSheet } from './shortcut-sheet';
import { StatusBar } from './status-bar';
import { useShortcuts } from './use-shortcuts';
import { useWantedLists } from './use-wanted-lists';

export function Shell() {
  const info = useQuery(appInfo);
  if (info.error) return <FullPageError failure={toFailure(info.error)} onRetry={loadAnew} />;
  if (!info.data) return null;
  if (info.data.failure) return <ClosedDesk failure={info.data.failure} />;
  return <OpenDesk demo={info.data.demo} />;
}

function OpenDesk({ demo }: { demo: boolean }) {
  useShortcuts();
  useWantedLists();
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const cards = useQuery(shops);
  // Settings stay reachable without a shop: secrets and language are chosen there.
  const firstRun = cards.data?.length === 0 && pathname !== '/settings';
  return (
    <AuthorizationOutcomes>
      <div className="flex h-full flex-col">
        <div className="flex min-h-0 flex-1">
          <Rail demo={demo} cards={cards.isPending ? undefined : (cards.data ?? [])} />
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            <VaultBanner />
            <RecoveredBanner />
            <main aria-label={t('app.name')} className="flex min-h-0 flex-1 flex-col">
              {cards.isPending ? null : firstRun ? <FirstRun demo={demo} /> : <Outlet />}
            </main>
          </div>
        </div>
        <StatusBar cards={cards.data ?? []} />
      </div>
      <OpenedDialog />
      <CloseDialog />
    </AuthorizationOutcomes>
  );
}

/** The profile could not be opened: what can be done without it. */
function ClosedDesk({ failure }: { failure: Failure }) {
  const client = useQueryClient();
  const toast = useToast();
  const reopen = useReopen();
  const { dialog }: DialogSearch = useSearch({ strict: false });
  const { nothing: close } = useOpen();
  const retry = () =>
    reopen.mutate(null, {
      onSuccess: loadAnew,
      onError: (error) => {
        toast.failure(error);
        void client.invalidateQueries({ queryKey: appInfo.queryKey });
      },
    });
  return (
    <>
      <FullPageError failure={failure} onRetry={retry} />
      {dialog === 'restore' && <RestoreDialog onClose={close} />}
      {dialog === 'diagnostics' && <DiagnosticsDialog onClose={close} />}
    </>
  );
}

function OpenedDialog() {
  const { dialog, again, begin }: DialogSearch = useSearch({ strict: false });
  const { nothing: close } = useOpen();
  switch (dialog) {
    case 'authorize':
      return <AuthorizationDialog key={again} again={again} begin={begin} onClose={close} />;
    case 'vault':
      return <VaultDialog onClose={close} />;
    case 'palette':
      return <Palette onClose={close} />;
    case 'shortcuts':
      return <ShortcutSheet onClose={close} />;
    case 'sync':
      return <SyncDrawer onClose={close} />;
    case 'restore':
      return <RestoreDialog onClose={close} />;
    case 'diagnostics':
      return <DiagnosticsDialog onClose={close} />;
    case 'licences':
      return <LicencesDialog onClose={close} />;
    case undefined:
      return null;
  }
}
