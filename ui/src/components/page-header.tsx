import type { ReactNode } from 'react';

/** The head of every page: its title, the numbers that matter, and at the far end age or actions. */
export function PageHeader({ title, strip, end }: { title: string; strip?: ReactNode; end?: ReactNode }) {
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2">
      <h1 className="text-lg font-semibold">{title}</h1>
      {strip && (
        <div className="order-last min-w-0 basis-full min-[1080px]:order-none min-[1080px]:flex-1 min-[1080px]:basis-0">
          {strip}
        </div>
      )}
      {end && <div className="ml-auto flex min-w-0 items-center gap-2">{end}</div>}
    </header>
  );
}
