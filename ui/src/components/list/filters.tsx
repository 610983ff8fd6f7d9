//! The filters above a list that are chosen from a menu.

import { Menu as Base } from '@base-ui/react/menu';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../button';
import { Icon } from '../icon';
import { ITEM, Mark, Menu } from '../menu';

interface Option {
  value: string;
  label: string;
}

export function FilterMenu({
  label,
  active,
  children,
}: {
  label: string;
  active: boolean;
  children: ReactNode;
}) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={`${buttonClass('secondary', 'small')} ${active ? 'border-accent bg-accent-soft text-accent' : ''} max-w-52`}
        >
          <span className="truncate">{label}</span>
          <Icon of={ChevronDown} className="size-3.5" />
        </button>
      }
    >
      {children}
    </Menu>
  );
}

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
    <FilterMenu label={summary} active={chosen.length > 0}>
      {options.map((option) => {
        const checked = chosen.includes(option.value);
        return (
          <Base.CheckboxItem
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
          </Base.CheckboxItem>
        );
      })}
    </FilterMenu>
  );
}

const ANY = '';

interface OneFilterProps<Value extends string> {
  label: string;
  /** The words for no choice. */
  any: string;
  options: readonly { value: Value; label: string }[];
  chosen: Value | undefined;
  onChange: (chosen: Value | undefined) => void;
}

/** One choice or none. */
export function OneFilter<Value extends string>(props: OneFilterProps<Value>) {
  const { label, any, options, chosen, onChange } = props;
  const current = options.find((option) => option.value === chosen);
  return (
    <FilterMenu label={current?.label ?? label} active={current !== undefined}>
      <Base.RadioGroup
        value={chosen ?? ANY}
        onValueChange={(value) => onChange(options.find((option) => option.value === value)?.value)}
      >
        {[{ value: ANY, label: any }, ...options].map((option) => (
          <Base.RadioItem key={option.value} value={option.value} closeOnClick className={ITEM}>
            <Mark shown={option.value === (chosen ?? ANY)} />
            <span className="truncate">{option.label}</span>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </FilterMenu>
  );
}
