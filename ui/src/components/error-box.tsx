//! One kind of error: what happened, why, what to do, a button that does it, and folded details.

import { CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../bindings/Failure';
import { type ErrorAction, errorActions } from '../ipc/errors';
import { useOpen } from '../shell/open-dialog';
import { Button } from './button';
import { Icon } from './icon';

interface ErrorBoxProps {
  failure: Failure;
  /** The shop it is about, to be authorized again. */
  shopId?: string | undefined;
  /** What the place where it is shown can do about it; other actions open their dialog or page. */
  on?: Partial<Record<ErrorAction, () => void>> | undefined;
}

export function ErrorBox({ failure, shopId, on }: ErrorBoxProps) {
  const { t } = useTranslation();
  const { code, message } = failure;
  return (
    <section
      role="alert"
      data-testid="error-box"
      data-code={code}
      className="flex gap-3 rounded-lg border border-line bg-danger-soft p-3 text-left"
    >
      <Icon of={CircleX} className="mt-px text-danger" />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
        <h3 className="font-semibold text-text">{t(`error.${code}.title`)}</h3>
        <p className="break-words text-muted">{t(`error.${code}.cause`, { message })}</p>
        <p className="break-words text-text">{t(`error.${code}.cure`, { message })}</p>
        <ActionButton action={errorActions[code]} shopId={shopId} on={on} />
        <FailureDetails failure={failure} />
      </div>
    </section>
  );
}

/** A button only where pressing it has an effect. */
function ActionButton({ action, shopId, on = {} }: Omit<ErrorBoxProps, 'failure'> & { action: ErrorAction }) {
  const { t } = useTranslation();
  const open = useOpen();
  if (action === 'none') return null;
  const elsewhere: Partial<Record<ErrorAction, () => void>> = {
    authorize_again: shopId === undefined ? undefined : () => open.authorize(shopId),
    check_gateway: shopId === undefined ? undefined : () => open.authorize(shopId, 'app'),
    unlock_vault: open.vault,
    choose_vault: open.vault,
    open_settings: open.settings,
  };
  const act = on[action] ?? elsewhere[action];
  if (!act) return null;
  return (
    <Button className="mt-1" onClick={act}>
      {t(`action.${action}`)}
    </Button>
  );
}

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
