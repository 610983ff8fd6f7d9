import type { ComponentProps } from 'react';

const VARIANTS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong disabled:opacity-50',
  secondary:
    'border border-line-strong bg-raised text-text hover:bg-hover disabled:text-faint disabled:opacity-70',
  quiet: 'text-muted hover:bg-hover hover:text-text disabled:opacity-50',
  danger: 'bg-danger text-on-accent hover:bg-danger-strong disabled:opacity-50',
} as const;

const SIZES = { usual: 'h-8 px-3', small: 'h-7 px-2.5' } as const;

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof VARIANTS;
  size?: keyof typeof SIZES;
  /** Shows that its effect is under way; it cannot be pressed meanwhile. */
  busy?: boolean;
}

export function buttonClass(
  variant: keyof typeof VARIANTS = 'secondary',
  size: keyof typeof SIZES = 'usual',
): string {
  return `inline-flex ${SIZES[size]} shrink-0 select-none items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-calm ${VARIANTS[variant]}`;
}

export function Button({ variant, size, busy = false, disabled, className = '', ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      disabled={disabled || busy}
      className={`${buttonClass(variant, size)} ${className}`}
      {...rest}
    />
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  label: string;
  small?: boolean;
}

/** A square button that shows only an icon; its label is read aloud and shown on hover. */
export function IconButton({ label, small = false, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-calm hover:bg-hover hover:text-text disabled:opacity-50 ${small ? 'size-6' : 'size-7'} ${className}`}
      {...rest}
    />
  );
}
