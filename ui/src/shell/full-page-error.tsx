import type { Failure } from '../bindings/Failure';
import { ErrorBox } from '../components/error-box';

/** The profile could not be opened, so there is nothing else to show. */
export function FullPageError({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  return (
    <main className="flex h-full items-center justify-center p-8">
      <div className="w-full max-w-[560px]">
        <ErrorBox failure={failure} onRetry={onRetry} />
      </div>
    </main>
  );
}
