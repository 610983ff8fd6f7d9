import { toFailure } from '../../ipc/errors';
import { ErrorBox } from '../error-box';

/** In place of a list that cannot be read. */
export function ListError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div className="mx-auto w-full max-w-[560px] p-6">
      <ErrorBox failure={toFailure(error)} on={{ retry: onRetry }} />
    </div>
  );
}
