//! A heading with rows under it: how every group of settings looks.

import { type ReactNode, useId } from 'react';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1">
      <h2 className="text-xs font-semibold text-muted">{title}</h2>
      <div className="flex flex-col divide-y divide-line border-y border-line">{children}</div>
    </section>
  );
}

interface RowProps {
  label: string;
  note: string;
  unit?: string;
  /** What is wrong with what was entered, instead of the note. */
  problem?: string | undefined;
  /** For a control that holds a line of text. */
  wide?: boolean;
  /** The control; the id ties it to its label, `{id}-note` is the note's. */
  children: (id: string) => ReactNode;
}

export function Row({ label, note, unit, problem, wide = false, children }: RowProps) {
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-6 py-2.5">
      <div className="flex min-w-0 flex-col gap-0.5">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {(problem || note) && (
          <span id={`${id}-note`} className={`break-words ${problem ? 'text-danger' : 'text-muted'}`}>
            {problem ?? note}
          </span>
        )}
      </div>
      <div className={`flex ${wide ? 'w-64' : 'w-44'} shrink-0 items-center justify-end gap-2`}>
        {children(id)}
        {unit && <span className="text-muted">{unit}</span>}
      </div>
    </div>
  );
}
