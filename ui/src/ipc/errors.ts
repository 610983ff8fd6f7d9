//! What the window does about each error code. The words are in the catalogue under `error.{code}`.

import type { ErrorCode } from '../bindings/ErrorCode';
import type { Failure } from '../bindings/Failure';

/** What a button beside the error can do about it. */
export type ErrorAction =
  | 'retry'
  | 'authorize_again'
  | 'add_shop'
  | 'check_gateway'
  | 'set_proxy'
  | 'unlock_vault'
  | 'choose_vault'
  | 'open_settings'
  | 'open_orders'
  | 'open_shops'
  | 'paste_instead'
  | 'open_folder'
  | 'restore_backup';

/**
 * The cures of each code, the best first. A button stands for each one that can be done where the error is shown; where
 * none can, the details can be copied. A code without an entry is a compile error.
 */
export const errorActions: Record<ErrorCode, readonly ErrorAction[]> = {
  signature_rejected: ['check_gateway', 'open_shops'],
  token_expired: ['authorize_again', 'open_shops'],
  token_revoked: ['authorize_again', 'open_shops'],
  scope_missing: ['authorize_again', 'open_shops'],
  clock_skew: ['retry'],
  invalid_parameter: ['retry'],
  order_not_found: ['retry', 'open_orders'],
  rate_limited: ['open_settings', 'retry'],
  ip_not_allowed: ['set_proxy', 'retry'],
  platform_unavailable: ['retry'],
  network: ['retry', 'set_proxy'],
  certificate_untrusted: ['retry', 'set_proxy'],
  inconsistent_list: ['retry'],
  too_many_vanished: ['retry'],
  malformed_response: ['retry', 'set_proxy'],
  wrong_region: ['check_gateway', 'add_shop'],
  full_managed_shop: ['add_shop'],
  semi_managed_shop: ['open_orders'],
  code_rejected: ['authorize_again'],
  consent_denied: ['authorize_again'],
  state_unknown: ['authorize_again'],
  link_malformed: ['paste_instead'],
  paste_expired: ['retry'],
  redirect_invalid: ['check_gateway', 'paste_instead'],
  port_taken: ['retry', 'paste_instead'],
  browser_not_opened: ['retry', 'paste_instead'],
  shop_mismatch: ['authorize_again', 'add_shop'],
  unknown_shop: ['open_shops'],
  shop_unauthorized: ['authorize_again', 'open_shops'],
  ambiguous_shop: ['open_shops'],
  keychain_locked: ['unlock_vault'],
  keychain_absent: ['choose_vault'],
  keychain_slow: ['retry'],
  passphrase_needed: ['unlock_vault'],
  passphrase_wrong: ['unlock_vault'],
  vault_failed: ['retry'],
  vault_mismatch: ['open_settings'],
  app_secret_missing: ['check_gateway', 'open_shops'],
  profile_locked: ['retry'],
  disk_full: ['retry', 'open_folder'],
  folder_not_writable: ['retry', 'open_folder'],
  database_newer: ['restore_backup', 'open_folder'],
  database_corrupt: ['restore_backup', 'retry', 'open_folder'],
  copy_gone: ['open_folder'],
  storage_failed: ['retry'],
  insecure_base_url: ['check_gateway', 'open_shops'],
  invalid_base_url: ['check_gateway', 'open_shops'],
  view_gone: ['retry'],
  unknown_column: ['retry'],
  export_folder_not_writable: ['retry'],
  export_failed: ['retry'],
  already_running: ['retry'],
  invalid_input: ['retry'],
  canceled: ['retry'],
  internal: ['retry'],
};

/** What a command rejects with. */
export class CommandFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'CommandFailure';
    this.failure = failure;
  }
}

const isErrorCode = (word: string): word is ErrorCode => Object.hasOwn(errorActions, word);

/** A code from the database; one that this version does not know is a fault of its own. */
export const toErrorCode = (word: string): ErrorCode => (isErrorCode(word) ? word : 'internal');

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'code' in value && isErrorCode(String(value.code));
}

/** Whatever was thrown, as a failure that can be shown. */
export function toFailure(error: unknown): Failure {
  if (error instanceof CommandFailure) return error.failure;
  if (isFailure(error)) return error;
  return {
    code: 'internal',
    message: String(error),
    platform_code: null,
    request_id: null,
    clock_ahead_seconds: null,
  };
}

export function toCommandFailure(error: unknown): CommandFailure {
  return new CommandFailure(toFailure(error));
}
