import type { ReactNode } from 'react';

/** The head of every page: its title, the numbers that matter, and at the far end age or actions. */
export function PageHeader({ title, strip, end }: { title: string; strip?: ReactNode; end?: ReactNode }) {
  return (
    <header className="@container shrink-0">
      <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
        <h1 className="text-lg font-semibold">{title}</h1>
        {strip && (
          <div className="order-last -ml-2 min-w-0 basis-full @min-[940px]:order-none @min-[940px]:ml-0 @min-[940px]:flex-1 @min-[940px]:basis-0">
            {strip}
          </div>
        )}
        {end && <div className="ml-auto flex min-w-0 items-center gap-2">{end}</div>}
      </div>
    </header>
  );
}
