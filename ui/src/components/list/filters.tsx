//! The filters above a list: text, shops, statuses, dates.

import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown, Search, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { buttonClass, IconButton } from '../button';
import { Icon } from '../icon';
import { DATE_PRESETS, type DatePreset, type ListSearch } from './list-search';

const TYPING_MILLISECONDS = 200;

/** The search box; `/` brings the cursor here, Esc empties it. */
export function SearchBox({
  value,
  placeholder,
  onChange,
}: {
  value: string;
  placeholder: string;
  onChange: (text: string) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const told = useRef(value);
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The address follows the box; only what comes from elsewhere is taken over, else typing would be undone.
  useEffect(() => {
    if (value !== told.current) setText(value);
    told.current = value;
  }, [value]);
  useEffect(() => () => clearTimeout(typing.current), []);

  const change = (next: string, wait: number) => {
    setText(next);
    clearTimeout(typing.current);
    typing.current = setTimeout(() => {
      told.current = next.trim();
      onChange(told.current);
    }, wait);
  };

  return (
    <div className="relative w-64 min-w-40 shrink">
      <Icon of={Search} className="pointer-events-none absolute top-2 left-2.5 text-faint" />
      <input
        data-testid="search"
        data-search-box
        aria-label={t('filter.search')}
        placeholder={placeholder}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => change(event.target.value, TYPING_MILLISECONDS)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') change(text, 0);
          if (event.key === 'Escape' && text) {
            event.stopPropagation();
            change('', 0);
          }
        }}
        className="h-8 w-full rounded-md border border-line-strong bg-surface pr-8 pl-8 text-ellipsis transition-calm hover:border-faint"
      />
      {text && (
        <IconButton
          label={t('filter.clear_search')}
          className="absolute top-0.5 right-0.5"
          onClick={() => change('', 0)}
        >
          <Icon of={X} className="size-3.5" />
        </IconButton>
      )}
    </div>
  );
}

const POPUP =
  'z-30 max-h-80 min-w-48 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-raised outline-none transition-opacity duration-150 data-starting-style:opacity-0';
const ITEM =
  'flex h-8 items-center gap-2 rounded-md px-2 text-text outline-none select-none data-highlighted:bg-hover';

function FilterMenu({ label, active, children }: { label: string; active: boolean; children: ReactNode }) {
  return (
    <Menu.Root>
      <Menu.Trigger className={`${buttonClass()} ${active ? 'border-accent text-accent' : ''} max-w-52`}>
        <span className="truncate">{label}</span>
        <Icon of={ChevronDown} className="size-3.5" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="start" className="z-30">
          <Menu.Popup className={POPUP}>{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Mark({ shown }: { shown: boolean }) {
  return <span className="inline-flex size-4 text-accent">{shown && <Icon of={Check} />}</span>;
}

/** Any number of choices; none chosen means all. */
export function ManyFilter({
  label,
  options,
  chosen,
  onChange,
}: {
  label: string;
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[] | undefined) => void;
}) {
  const { t } = useTranslation();
  const only = chosen.length === 1 ? options.find((option) => option.value === chosen[0]) : undefined;
  const summary =
    only?.label ?? (chosen.length > 0 ? t('filter.chosen', { label, count: chosen.length }) : label);
  return (
    <FilterMenu label={summary} active={chosen.length > 0}>
      {options.map((option) => {
        const checked = chosen.includes(option.value);
        return (
          <Menu.CheckboxItem
            key={option.value}
            checked={checked}
            onCheckedChange={() => {
              const rest = chosen.filter((value) => value !== option.value);
              const next = checked ? rest : [...rest, option.value];
              onChange(next.length > 0 ? next : undefined);
            }}
            className={ITEM}
          >
            <Mark shown={checked} />
            <span className="truncate">{option.label}</span>
          </Menu.CheckboxItem>
        );
      })}
    </FilterMenu>
  );
}

type Dates = Pick<ListSearch, 'dates' | 'from' | 'to'>;

export function DateFilter({ search, onChange }: { search: Dates; onChange: (dates: Dates) => void }) {
  const { t } = useTranslation();
  const option = (preset: DatePreset | undefined, label: string) => (
    <Menu.RadioItem key={label} value={preset ?? 'any'} closeOnClick className={ITEM}>
      <Mark shown={search.dates === preset} />
      {label}
    </Menu.RadioItem>
  );
  return (
    <>
      <FilterMenu
        label={search.dates ? t(`filter.${search.dates}`) : t('filter.date')}
        active={Boolean(search.dates)}
      >
        <Menu.RadioGroup
          value={search.dates ?? 'any'}
          onValueChange={(value) =>
            onChange({
              dates: DATE_PRESETS.find((preset) => preset === value),
              from: undefined,
              to: undefined,
            })
          }
        >
          {option(undefined, t('filter.any_date'))}
          {DATE_PRESETS.map((preset) => option(preset, t(`filter.${preset}`)))}
        </Menu.RadioGroup>
      </FilterMenu>
      {search.dates === 'custom' && (
        <span className="flex items-center gap-1.5">
          <DayField
            label={t('filter.from')}
            value={search.from}
            onChange={(from) => onChange({ ...search, from })}
          />
          <span aria-hidden>–</span>
          <DayField label={t('filter.to')} value={search.to} onChange={(to) => onChange({ ...search, to })} />
        </span>
      )}
    </>
  );
}

function DayField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}) {
  return (
    <input
      type="date"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
      className="h-8 rounded-md border border-line-strong bg-surface px-2 hover:border-faint"
    />
  );
}
