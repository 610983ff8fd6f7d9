import type { Failure } from '../bindings/Failure';
import { ErrorBox } from '../components/error-box';

interface FullPageErrorProps {
  failure: Failure;
  /** Absent where only a new start helps. */
  onRetry?: () => void;
}

/** The profile could not be opened, so there is nothing else to show. */
export function FullPageError({ failure, onRetry }: FullPageErrorProps) {
  return (
    <main className="flex h-full items-center justify-center p-8">
      <div className="w-full max-w-[560px]">
        <ErrorBox failure={failure} on={onRetry && { retry: onRetry }} />
      </div>
    </main>
  );
}
