//! Menus: one look for their popup and entries.

import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Icon } from './icon';

export const POPUP =
  'max-h-[min(24rem,var(--available-height))] min-w-44 max-w-80 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-raised outline-none transition-opacity duration-150 data-starting-style:opacity-0';
export const ITEM =
  'flex h-8 items-center gap-2 rounded-md px-2 text-text outline-none select-none data-highlighted:bg-hover data-disabled:opacity-50';

interface MenuProps {
  trigger: ReactElement;
  align?: 'start' | 'end';
  children: ReactNode;
}

export function Menu({ trigger, align = 'start', children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-30">
          <Base.Popup className={POPUP}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Stands before a choice, and shows whether it is made. */
export function Mark({ shown }: { shown: boolean }) {
  return <span className="inline-flex size-4 shrink-0 text-accent">{shown && <Icon of={Check} />}</span>;
}

export function MenuHeading({ children }: { children: string }) {
  return <div className="px-2 pt-2 pb-1 text-xs font-medium text-muted">{children}</div>;
}

export const MenuLine = () => <Base.Separator className="mx-1 my-1 h-px bg-line" />;
