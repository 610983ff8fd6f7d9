//! Form fields: a label, a control, a hint or what is wrong with it.

import { type ComponentProps, type ReactNode, useId } from 'react';

const CONTROL =
  'h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 text-text transition-calm hover:border-faint disabled:bg-page disabled:text-faint disabled:hover:border-line-strong';

interface FieldProps {
  label: string;
  hint?: ReactNode;
  problem?: string | undefined;
}

function Frame({ id, label, hint, problem, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="font-medium text-text">
        {label}
      </label>
      {children}
      {problem ? (
        <p id={`${id}-note`} className="text-danger">
          {problem}
        </p>
      ) : (
        hint && (
          <p id={`${id}-note`} className="text-muted">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

export function TextField({
  label,
  hint,
  problem,
  className = '',
  ...rest
}: FieldProps & ComponentProps<'input'>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <input
        id={id}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem || hint ? `${id}-note` : undefined}
        className={`${CONTROL} ${className}`}
        {...rest}
      />
    </Frame>
  );
}

export function TextArea({
  label,
  hint,
  problem,
  className = '',
  ...rest
}: FieldProps & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <textarea
        id={id}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem || hint ? `${id}-note` : undefined}
        className={`${CONTROL} h-20 resize-none py-1.5 font-mono text-xs break-all ${className}`}
        {...rest}
      />
    </Frame>
  );
}

/** A plain choice. It is the system's own control, so that it works with every keyboard and reader. */
export function Choice({ className = '', ...rest }: ComponentProps<'select'>) {
  return <select className={`${CONTROL} choice pr-7 ${className}`} {...rest} />;
}

export function ChoiceField({ label, hint, problem, ...rest }: FieldProps & ComponentProps<'select'>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <Choice id={id} aria-describedby={problem || hint ? `${id}-note` : undefined} {...rest} />
    </Frame>
  );
}
