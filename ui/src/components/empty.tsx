import type { LucideIcon } from 'lucide-react';
import { Button } from './button';

/** Why there is nothing to see: one sentence and one button. */
export function Empty({
  icon: Glyph,
  sentence,
  action,
  onAction,
}: {
  icon: LucideIcon;
  sentence: string;
  action?: string;
  onAction?: () => void;
}) {
  return (
    <div
      data-testid="empty"
      className="flex h-full flex-col items-center justify-center gap-3 p-8 text-center text-muted"
    >
      <Glyph size={32} strokeWidth={1.25} aria-hidden className="text-faint" />
      <p className="max-w-[44ch] text-base">{sentence}</p>
      {action && (
        <Button variant="primary" onClick={onAction}>
          {action}
        </Button>
      )}
    </div>
  );
}
