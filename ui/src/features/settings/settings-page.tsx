import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { gatewayApps, presence, settings } from '../../api/queries';
import { ErrorBox } from '../../components/error-box';
import { PageHeader } from '../../components/page-header';
import { toFailure } from '../../ipc/errors';
import { AboutSection } from './about-section';
import { AppearanceSection } from './appearance-section';
import { DataSection } from './data-section';
import { DesktopSection } from './desktop-section';
import { NetworkSection } from './network-section';
import { NotificationsSection } from './notifications-section';
import { SecretsSection } from './secrets-section';
import { SyncSection } from './sync-section';

export function SettingsPage() {
  const { t } = useTranslation();
  const state = useQuery(settings);
  // All at once, so that nothing moves away from under the pointer.
  const isPending = [state, useQuery(presence), useQuery(gatewayApps)].some((query) => query.isPending);
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <PageHeader title={t('settings.title')} />
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-line">
        {!isPending && (
          <div className="mx-auto flex max-w-[680px] flex-col gap-7 px-6 pt-6 pb-10">
            {state.error && (
              <ErrorBox failure={toFailure(state.error)} on={{ retry: () => void state.refetch() }} />
            )}
            {state.data && (
              <>
                <AppearanceSection state={state.data} />
                <SyncSection state={state.data} />
                <NetworkSection />
                <NotificationsSection state={state.data} />
                <DesktopSection state={state.data} />
              </>
            )}
            <SecretsSection />
            <DataSection />
            <AboutSection />
          </div>
        )}
      </div>
    </div>
  );
}
