//! How authorizations end: fetched at the start and whenever the core says that one ended.

import { useNavigate, useSearch } from '@tanstack/react-router';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTakeAuthorizationOutcomes } from '../../api/mutations';
import type { Failure } from '../../bindings/Failure';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ErrorBox } from '../../components/error-box';
import { useToast } from '../../components/toast';
import { useLatest } from '../../components/use-latest';
import { onEvent } from '../../ipc/events';
import { type Beginning, type DialogSearch, useOpen } from '../../shell/open-dialog';

interface Outcomes {
  /** Why the last authorization failed, until it is dismissed. */
  failure: Failure | null;
  dismiss: () => void;
  /** Says that shops were authorized and shows them. */
  welcome: (shopCount: number) => void;
}

const Context = createContext<Outcomes | null>(null);

export function useAuthorizationOutcomes(): Outcomes {
  const outcomes = useContext(Context);
  if (!outcomes) throw new Error('useAuthorizationOutcomes outside AuthorizationOutcomes');
  return outcomes;
}

export function AuthorizationOutcomes({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const toast = useToast();
  const open = useOpen();
  const { dialog }: DialogSearch = useSearch({ strict: false });
  const [failure, setFailure] = useState<Failure | null>(null);
  const { mutate: takeOutcomes } = useTakeAuthorizationOutcomes();

  const welcome = (count: number) => {
    toast.success(t('wizard.added', { count }), t('wizard.added_hint'));
    void navigate({ to: '/shops' });
  };
  const take = () =>
    takeOutcomes(null, {
      onSuccess: (outcomes) => {
        const shopCount = outcomes.reduce((sum, outcome) => sum + outcome.shops.length, 0);
        if (shopCount > 0) welcome(shopCount);
        if (outcomes.length > 0)
          setFailure(outcomes.findLast(({ failure }) => failure !== null)?.failure ?? null);
      },
      onError: toast.failure,
    });

  // The subscription lasts as long as the window; it always takes with the newest language and toasts.
  const newest = useLatest(take);
  useEffect(() => {
    const listening = onEvent('authorization-completed', () => newest.current());
    // Only now: an authorization that ends while nobody listens yet is in the first answer.
    void listening.then(() => newest.current());
    return () => void listening.then((stop) => stop());
  }, [newest]);

  const newestWelcome = useLatest(welcome);
  const dismiss = useCallback(() => setFailure(null), []);
  const again = (begin?: Beginning) => {
    dismiss();
    open.authorize(undefined, begin);
  };
  const value = useMemo<Outcomes>(
    () => ({ failure, dismiss, welcome: (count) => newestWelcome.current(count) }),
    [failure, dismiss, newestWelcome],
  );

  return (
    <Context value={value}>
      {children}
      {failure && dialog !== 'authorize' && (
        <Dialog
          title={t('wizard.failed')}
          onClose={dismiss}
          footer={<Button onClick={dismiss}>{t('action.close')}</Button>}
        >
          <ErrorBox
            failure={failure}
            on={{
              authorize_again: () => again(),
              add_shop: () => again(),
              paste_instead: () => again('paste'),
              set_proxy: () => again('proxy'),
            }}
          />
        </Dialog>
      )}
    </Context>
  );
}
