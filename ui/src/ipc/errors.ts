//! What the window does about each error code. The words are in the catalogue under `error.{code}`.

import type { ErrorCode } from '../bindings/ErrorCode';
import type { Failure } from '../bindings/Failure';

/** What a button beside the error can do about it. */
export type ErrorAction =
  | 'retry'
  | 'authorize_again'
  | 'check_gateway'
  | 'unlock_vault'
  | 'choose_vault'
  | 'open_settings'
  | 'paste_instead'
  | 'none';

/** A code without an entry is a compile error. */
export const errorActions: Record<ErrorCode, ErrorAction> = {
  signature_rejected: 'check_gateway',
  token_expired: 'authorize_again',
  token_revoked: 'authorize_again',
  scope_missing: 'authorize_again',
  clock_skew: 'retry',
  invalid_parameter: 'retry',
  order_not_found: 'none',
  rate_limited: 'open_settings',
  ip_not_allowed: 'retry',
  platform_unavailable: 'retry',
  network: 'retry',
  inconsistent_list: 'retry',
  too_many_vanished: 'none',
  malformed_response: 'retry',
  wrong_region: 'check_gateway',
  full_managed_shop: 'none',
  semi_managed_shop: 'none',
  code_rejected: 'authorize_again',
  consent_denied: 'authorize_again',
  state_unknown: 'authorize_again',
  link_malformed: 'paste_instead',
  shop_mismatch: 'authorize_again',
  unknown_shop: 'none',
  shop_unauthorized: 'authorize_again',
  ambiguous_shop: 'none',
  keychain_locked: 'unlock_vault',
  keychain_absent: 'choose_vault',
  keychain_slow: 'retry',
  passphrase_needed: 'unlock_vault',
  passphrase_wrong: 'unlock_vault',
  vault_failed: 'retry',
  vault_mismatch: 'none',
  app_secret_missing: 'check_gateway',
  profile_locked: 'retry',
  disk_full: 'retry',
  folder_not_writable: 'retry',
  database_newer: 'none',
  database_corrupt: 'none',
  storage_failed: 'retry',
  insecure_base_url: 'check_gateway',
  invalid_base_url: 'check_gateway',
  view_gone: 'retry',
  invalid_input: 'none',
  canceled: 'retry',
  internal: 'retry',
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
  return { code: 'internal', message: String(error), platform_code: null, request_id: null };
}

export function toCommandFailure(error: unknown): CommandFailure {
  return new CommandFailure(toFailure(error));
}
