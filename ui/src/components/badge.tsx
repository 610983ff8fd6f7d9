import type { LucideIcon } from 'lucide-react';
import { Icon } from './icon';

const TONES = {
  neutral: 'bg-hover text-muted',
  accent: 'bg-accent-soft text-accent',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
} as const;

export type Tone = keyof typeof TONES;

/** A state: always an icon and a word, never colour alone. */
export function Badge({ tone, icon, children }: { tone: Tone; icon: LucideIcon; children: string }) {
  return (
    <span
      className={`inline-flex h-[22px] max-w-full items-center gap-1 rounded-full pr-2 pl-1.5 text-xs font-medium ${TONES[tone]}`}
    >
      <Icon of={icon} className="size-3.5" />
      <span className="truncate">{children}</span>
    </span>
  );
}
