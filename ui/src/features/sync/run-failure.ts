import type { Failure } from '../../bindings/Failure';
import type { SyncRun } from '../../bindings/SyncRun';
import { toErrorCode } from '../../ipc/errors';

/** A run's error in the form that an error box shows; nothing where the run did not fail. */
export function failureOfRun(run: SyncRun): Failure | undefined {
  if (run.error_code === null || run.result === 'canceled') return undefined;
  return {
    code: toErrorCode(run.error_code),
    message: run.error_message ?? '',
    platform_code: null,
    request_id: run.request_id,
    clock_ahead_seconds: run.clock_ahead_seconds,
  };
}
