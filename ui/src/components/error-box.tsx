//! One kind of error: what happened, why, what to do, a button that does it, and folded details.

import { useSearch } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { CircleX } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useCopy, useOpenDataFolder } from '../api/mutations';
import type { Failure } from '../bindings/Failure';
import { type PortalApp, WhitelistHelp } from '../features/shops/whitelist-help';
import { type ErrorAction, errorActions } from '../ipc/errors';
import { type DialogSearch, useOpen } from '../shell/open-dialog';
import { Button } from './button';
import { Icon } from './icon';
import { useToast } from './toast';

interface ErrorBoxProps {
  failure: Failure;
  /** The shop it is about, to be authorized again. */
  shopId?: string | undefined;
  /** The app it is about, where there is no shop yet. */
  app?: PortalApp | undefined;
  /** What the place where it is shown can do about it; other actions open their dialog or page. */
  on?: Partial<Record<ErrorAction, () => void>> | undefined;
}

export function ErrorBox({ failure, shopId, app, on }: ErrorBoxProps) {
  const { t } = useTranslation();
  const id = useId();
  const { code } = failure;
  return (
    <section
      role="alert"
      aria-labelledby={id}
      data-testid="error-box"
      data-code={code}
      className="flex gap-3 rounded-lg border border-line bg-danger-soft p-3 text-left"
    >
      <Icon of={CircleX} className="mt-px text-danger" />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
        <p id={id} className="font-semibold text-text">
          {t(`error.${code}.title`)}
        </p>
        <p className="break-words text-muted">{causeOf(failure, t)}</p>
        <p className="break-words text-text">{t(`error.${code}.cure`)}</p>
        {code === 'ip_not_allowed' && <WhitelistHelp app={app} shopId={shopId} />}
        <Cures failure={failure} shopId={shopId} on={on} />
        <FailureDetails failure={failure} />
      </div>
    </section>
  );
}

/** Why it happened; for a wrong clock, by how many minutes it is wrong where that is known. */
function causeOf({ code, clock_ahead_seconds }: Failure, t: TFunction): string {
  const seconds = clock_ahead_seconds ?? 0;
  const minutes = Math.round(Math.abs(seconds) / 60);
  if (minutes === 0) return t(`error.${code}.cause`);
  return t(seconds > 0 ? 'error_box.clock_ahead' : 'error_box.clock_behind', { minutes });
}

/** A button for each cure that can be done from here; where there is none, the details can be handed on. */
function Cures({ failure, shopId, on = {} }: ErrorBoxProps) {
  const { t } = useTranslation();
  const copy = useCopy();
  const elsewhere = useElsewhere(shopId);
  const { dialog }: DialogSearch = useSearch({ strict: false });
  const wanted = errorActions[failure.code];
  const possible = wanted.flatMap((action) => {
    const act = on[action] ?? elsewhere[action];
    return act ? [{ action, act }] : [];
  });
  // The list of shops is where a cure is found that cannot be offered at once.
  const direct = possible.filter(({ action }) => action !== 'open_shops');
  const cures = direct.length > 0 ? direct : possible;
  // In a form the form itself is the cure.
  const isInForm = dialog !== undefined && wanted.length > 0;
  return (
    <div className="mt-1 flex flex-wrap gap-2">
      {cures.map(({ action, act }) => (
        <Button key={action} size="small" onClick={act}>
          {t(`action.${action}`)}
        </Button>
      ))}
      {cures.length === 0 && !isInForm && (
        <Button size="small" onClick={() => copy(detailsOf(failure), t('error_box.copied'))}>
          {t('error_box.copy')}
        </Button>
      )}
    </div>
  );
}

/** What opens another page or dialog; nothing that is open already. */
function useElsewhere(shopId: string | undefined): Partial<Record<ErrorAction, () => void>> {
  const open = useOpen();
  const { dialog }: DialogSearch = useSearch({ strict: false });
  const openFolder = useOpenDataFolder();
  const toast = useToast();
  const isKnown = shopId !== undefined;
  return {
    open_folder: () => openFolder.mutate(null, { onError: toast.failure }),
    ...(dialog !== 'restore' && { restore_backup: open.restore }),
    open_settings: open.settings,
    open_orders: open.orders,
    ...(dialog !== 'vault' && { unlock_vault: open.vault, choose_vault: open.vault }),
    ...(dialog !== 'authorize' && {
      open_shops: open.shops,
      paste_instead: () => open.authorize(shopId, 'paste'),
      add_shop: () => open.authorize(),
      ...(isKnown && {
        authorize_again: () => open.authorize(shopId),
        check_gateway: () => open.authorize(shopId, 'app'),
        set_proxy: () => open.authorize(shopId, 'proxy'),
      }),
    }),
  };
}

/** For whoever helps: never a secret, the core sees to that. */
const detailsOf = ({ code, message, platform_code, request_id }: Failure): string =>
  [code, platform_code, request_id, message].filter((part) => part !== null && part !== '').join('\n');

function FailureDetails({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  const rows: [string, string | number | null][] = [
    [t('error_box.code'), failure.code],
    [t('error_box.platform_code'), failure.platform_code],
    [t('error_box.request_id'), failure.request_id],
    [t('error_box.message'), failure.message || null],
  ];
  return (
    <details className="w-full text-muted">
      <summary className="w-fit rounded-sm select-none hover:text-text">{t('error_box.details')}</summary>
      <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs select-text">
        {rows
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt>{name}</dt>
              <dd className="font-mono break-all text-text">{value}</dd>
            </div>
          ))}
      </dl>
    </details>
  );
}
