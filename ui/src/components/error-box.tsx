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
  onRetry?: (() => void) | undefined;
  onPaste?: (() => void) | undefined;
}

export function ErrorBox({ failure, shopId, onRetry, onPaste }: ErrorBoxProps) {
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
        <ActionButton action={errorActions[code]} shopId={shopId} onRetry={onRetry} onPaste={onPaste} />
        <FailureDetails failure={failure} />
      </div>
    </section>
  );
}

function ActionButton({
  action,
  shopId,
  onRetry,
  onPaste,
}: Omit<ErrorBoxProps, 'failure'> & { action: ErrorAction }) {
  const { t } = useTranslation();
  const open = useOpen();
  const button = (label: string, onClick: () => void) => (
    <Button className="mt-1" onClick={onClick}>
      {label}
    </Button>
  );
  switch (action) {
    case 'retry':
      return onRetry ? button(t('action.retry'), onRetry) : null;
    case 'authorize_again':
      if (onRetry) return button(t('action.retry'), onRetry);
      return shopId ? button(t('action.authorize_again'), () => open.authorize(shopId)) : null;
    case 'check_gateway':
      if (onRetry) return button(t('action.check_gateway'), onRetry);
      return shopId ? button(t('action.check_gateway'), () => open.authorize(shopId, 'app')) : null;
    case 'paste_instead':
      return onPaste ? button(t('action.paste_instead'), onPaste) : null;
    case 'unlock_vault':
    case 'choose_vault':
      return button(action === 'unlock_vault' ? t('action.unlock') : t('action.choose_vault'), open.vault);
    case 'open_settings':
      return button(t('action.open_settings'), open.settings);
    case 'none':
      return null;
  }
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
