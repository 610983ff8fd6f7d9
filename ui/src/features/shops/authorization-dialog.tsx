//! Adds a shop or authorizes one again, in two steps: which app, then by browser or by pasting.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBeginAuthorization, useCancelAuthorization } from '../../api/mutations';
import { gatewayApps, shops } from '../../api/queries';
import type { AuthorizationStarted } from '../../bindings/AuthorizationStarted';
import type { GatewayApp } from '../../bindings/GatewayApp';
import type { Landing } from '../../bindings/Landing';
import { Dialog } from '../../components/dialog';
import type { Beginning } from '../../shell/open-dialog';
import { useAuthorizationOutcomes } from './authorization-outcomes';
import { GatewayStep } from './gateway-step';
import { landingOf } from './landing';
import { MethodStep } from './method-step';
import { WaitingStep } from './waiting-step';
import { WizardSteps } from './wizard-steps';

interface AuthorizationDialogProps {
  /** The shop to authorize again. */
  again: string | undefined;
  begin: Beginning | undefined;
  onClose: () => void;
}

export function AuthorizationDialog({ again, begin, onClose }: AuthorizationDialogProps) {
  const { t } = useTranslation();
  const cards = useQuery(shops);
  const apps = useQuery(gatewayApps);
  const card = cards.data?.find(({ shop }) => shop.shop_id === again);
  if (!cards.data || !apps.data) return null;
  const title = card ? t('wizard.title_again', { shop: card.shop.name }) : t('wizard.title');
  return (
    <Dialog title={title} onClose={onClose} wide>
      <Steps again={again} knownApp={card?.app} apps={apps.data} begin={begin} />
    </Dialog>
  );
}

interface StepsProps {
  again: string | undefined;
  knownApp: GatewayApp | undefined;
  apps: readonly GatewayApp[];
  begin: Beginning | undefined;
}

function Steps({ again, knownApp, apps, begin }: StepsProps) {
  const outcomes = useAuthorizationOutcomes();
  // The app that was chosen stays so on the way back to its fields.
  const [app, setApp] = useState(knownApp);
  const [editing, setEditing] = useState<'app' | 'proxy' | null>(() => {
    if (begin === 'app' || begin === 'proxy') return begin;
    return knownApp ? null : 'app';
  });
  const [waiting, setWaiting] = useState<AuthorizationStarted | null>(null);
  const [pasting, setPasting] = useState(begin === 'paste');
  const beginning = useBeginAuthorization();
  const cancel = useCancelAuthorization();
  const shopId = again ?? null;

  const start = (with_: GatewayApp, landing: Landing) => {
    outcomes.dismiss();
    beginning.mutate({ app: with_.id, landing, shop_id: shopId }, { onSuccess: setWaiting });
  };
  const edit = (part: 'app' | 'proxy') => {
    beginning.reset();
    setEditing(part);
  };
  const stop = (authorizationId: string) => {
    outcomes.dismiss();
    setWaiting(null);
    cancel.mutate({ authorization_id: authorizationId });
  };

  const step = () => {
    if (editing || !app) {
      return (
        <GatewayStep
          apps={apps}
          initial={app}
          fixedGateway={again !== undefined}
          forProxy={editing === 'proxy'}
          onNext={(entered) => {
            setApp(entered);
            setEditing(null);
          }}
        />
      );
    }
    if (waiting) {
      return (
        <WaitingStep
          key={waiting.authorization_id}
          app={app}
          started={waiting}
          failure={outcomes.failure}
          onRestart={(landing) => {
            stop(waiting.authorization_id);
            start(app, landing);
          }}
          onPaste={() => {
            // It stays open: a pasted redirected address has to belong to it.
            outcomes.dismiss();
            setWaiting(null);
            setPasting(true);
          }}
          onSetProxy={() => {
            stop(waiting.authorization_id);
            edit('proxy');
          }}
          onCancel={() => stop(waiting.authorization_id)}
        />
      );
    }
    return (
      <MethodStep
        app={app}
        shopId={shopId}
        pasting={pasting}
        beginError={beginning.error}
        isBeginning={beginning.isPending}
        onBrowser={() => start(app, landingOf(app))}
        onBack={() => edit('app')}
        onSetProxy={() => edit('proxy')}
        onAuthorized={outcomes.welcome}
      />
    );
  };
  return (
    <>
      <WizardSteps current={editing ? 'app' : 'how'} />
      {step()}
    </>
  );
}
