//! One size and one weight for every icon.

import type { LucideIcon } from 'lucide-react';

export function Icon({ of: Glyph, className = '' }: { of: LucideIcon; className?: string }) {
  return <Glyph size={16} strokeWidth={1.75} aria-hidden className={`shrink-0 ${className}`} />;
}
