//! What filters are made of: a chip that tells its value, and what opens beneath it.

import { Menu as Base } from '@base-ui/react/menu';
import { Popover } from '@base-ui/react/popover';
import { ChevronDown, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon';
import { ITEM, Mark, Menu } from '../menu';

export interface Option<Value extends string = string> {
  value: Value;
  label: string;
}

/** With or without a value; `undefined` where none is left. */
export function toggled(chosen: readonly string[], value: string): string[] | undefined {
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  return next.length > 0 ? next : undefined;
}

const CHIP =
  'inline-flex h-7 max-w-60 shrink-0 items-center gap-1 rounded-md border px-2.5 font-medium whitespace-nowrap select-none transition-calm';
const RESTING = 'border-line-strong bg-raised text-text hover:bg-hover';
const ACTIVE = 'border-accent bg-accent-soft text-accent';

interface ManyFilterProps {
  label: string;
  options: readonly Option[];
  chosen: readonly string[];
  onChange: (chosen: string[] | undefined) => void;
}

/** Any number of choices; none chosen means all. */
export function ManyFilter({ label, options, chosen, onChange }: ManyFilterProps) {
  const { t } = useTranslation();
  const only = chosen.length === 1 ? options.find((option) => option.value === chosen[0]) : undefined;
  const summary =
    only?.label ?? (chosen.length > 0 ? t('filter.chosen', { label, count: chosen.length }) : label);
  return (
    <Menu
      trigger={
        <button type="button" className={`${CHIP} ${chosen.length > 0 ? ACTIVE : RESTING}`}>
          <span className="truncate">{summary}</span>
          <Icon of={ChevronDown} className="size-3.5" />
        </button>
      }
    >
      {options.map((option) => {
        const checked = chosen.includes(option.value);
        return (
          <Base.CheckboxItem
            key={option.value}
            checked={checked}
            onCheckedChange={() => onChange(toggled(chosen, option.value))}
            className={ITEM}
          >
            <Mark shown={checked} />
            <span className="truncate">{option.label}</span>
          </Base.CheckboxItem>
        );
      })}
    </Menu>
  );
}

interface FilterChipProps {
  /** Its name and, where one is set, its value. */
  words: string;
  active: boolean;
  testId: string;
  /** Whether it is open, where somebody else keeps that. */
  isOpen?: boolean;
  /** Takes the filter away. */
  onClear: () => void;
  /** Told when it opens, and when it closes: one without a value can go then. */
  onOpen?: (isOpen: boolean) => void;
  /** What opens; `close` shuts it again. */
  children: ReactNode;
}

/** A filter whose value is more than a choice from a menu. */
export function FilterChip({ words, active, testId, isOpen, ...props }: FilterChipProps) {
  const { t } = useTranslation();
  return (
    <span className="inline-flex">
      <Popover.Root
        {...(isOpen !== undefined && { open: isOpen })}
        onOpenChange={(open) => props.onOpen?.(open)}
      >
        <Popover.Trigger
          data-testid={testId}
          className={`${CHIP} ${active ? `${ACTIVE} rounded-r-none border-r-0` : RESTING}`}
        >
          <span className="truncate">{words}</span>
          {!active && <Icon of={ChevronDown} className="size-3.5" />}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner sideOffset={4} align="start" className="z-30">
            <Popover.Popup
              aria-label={words}
              className="max-h-[min(26rem,var(--available-height))] w-60 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-raised outline-none transition-opacity duration-150 data-starting-style:opacity-0"
            >
              {props.children}
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      {active && (
        <button
          type="button"
          aria-label={t('filter.remove', { filter: words })}
          title={t('filter.remove', { filter: words })}
          onClick={props.onClear}
          className={`inline-flex h-7 items-center rounded-r-md border border-l-0 px-1.5 ${ACTIVE} hover:bg-selected`}
        >
          <Icon of={X} className="size-3.5" />
        </button>
      )}
    </span>
  );
}

interface ChoicesProps<Value extends string> {
  options: readonly Option<Value>[];
  chosen: readonly Value[];
  onToggle: (value: Value) => void;
}

/** The choices in an opened filter. */
export function Choices<Value extends string>({ options, chosen, onToggle }: ChoicesProps<Value>) {
  return options.map(({ value, label }) => (
    <button
      key={value}
      type="button"
      aria-pressed={chosen.includes(value)}
      onClick={() => onToggle(value)}
      className={`${ITEM} w-full text-left hover:bg-hover`}
    >
      <Mark shown={chosen.includes(value)} />
      <span className="truncate">{label}</span>
    </button>
  ));
}

/** Free input beneath the choices. */
export const OwnSpan = ({ children }: { children: ReactNode }) => (
  <div className="mt-1 flex flex-col gap-2 border-t border-line p-2 pt-2.5">{children}</div>
);

export const SPAN_INPUT =
  'h-7 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 hover:border-faint aria-invalid:border-danger';

/** Why what stands in the fields is no span. */
export const SpanHint = ({ id, children }: { id: string; children: ReactNode }) => (
  <p id={id} role="status" className="text-xs text-danger">
    {children}
  </p>
);
