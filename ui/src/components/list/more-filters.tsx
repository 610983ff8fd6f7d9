//! The filters that are asked for by name: each is a chip once it is there.

import { Menu as Base } from '@base-ui/react/menu';
import { ListFilter } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../bindings/Resource';
import { buttonClass } from '../button';
import { Icon } from '../icon';
import { ITEM, Menu } from '../menu';
import { DateChoice, PRESETS_OF } from './date-filter';
import type { DatePreset } from './date-wish';
import { FILTER_NAMES, FLAG_WORDS, type MoreFilter, useFilterWords } from './filter-words';
import { Choices, FilterChip } from './filters';
import type { ListSearch } from './list-search';
import { ActivityTypeChoice, CategoryChoice } from './open-choice';
import { AmountChoice, CountChoice, StockChoice } from './span-filters';

interface MoreFiltersProps {
  resource: Resource;
  search: ListSearch;
  onChange: (next: ListSearch) => void;
}

export function MoreFilters({ resource, search, onChange }: MoreFiltersProps) {
  const { t } = useTranslation();
  const words = useFilterWords();
  // One that is open stays, also while its value is taken out to type another.
  const [opened, setOpened] = useState<MoreFilter>();
  const names = FILTER_NAMES[resource];
  const shown = names.filter((name) => search[name] !== undefined || name === opened);
  return (
    <>
      {shown.map((name) => (
        <FilterChip
          key={name}
          testId={`filter-${name}`}
          words={words(name, search)}
          active={search[name] !== undefined}
          isOpen={name === opened}
          onClear={() => onChange({ [name]: undefined })}
          onOpen={(isOpen) => setOpened(isOpen ? name : undefined)}
        >
          <FilterBody name={name} search={search} onChange={onChange} />
        </FilterChip>
      ))}
      <Menu
        trigger={
          <button
            type="button"
            data-testid="more-filters"
            className={`${buttonClass('quiet', 'small')} px-2`}
          >
            <Icon of={ListFilter} className="size-3.5" />
            {t('filter.more')}
          </button>
        }
      >
        {names
          .filter((name) => !shown.includes(name))
          .map((name) => (
            <Base.Item
              key={name}
              className={ITEM}
              data-testid={`ask-${name}`}
              onClick={() => setOpened(name)}
            >
              {t(`filter_name.${name}`)}
            </Base.Item>
          ))}
      </Menu>
    </>
  );
}

type DateFilterName = 'ship' | 'shipped' | 'delivered' | 'updated' | 'starts' | 'ends' | 'enroll';

const DATE_PRESETS: Record<DateFilterName, readonly DatePreset[]> = {
  ship: PRESETS_OF.both,
  shipped: PRESETS_OF.past,
  delivered: PRESETS_OF.past,
  updated: PRESETS_OF.past,
  starts: PRESETS_OF.both,
  ends: PRESETS_OF.both,
  enroll: PRESETS_OF.coming,
};

function FilterBody({
  name,
  search,
  onChange,
}: Omit<MoreFiltersProps, 'resource'> & { name: MoreFilter }): ReactNode {
  const { t } = useTranslation();
  switch (name) {
    case 'amount':
    case 'price':
      return (
        <AmountChoice
          resource={name === 'amount' ? 'orders' : 'products'}
          value={search[name]}
          onChange={(span) => onChange({ [name]: span })}
        />
      );
    case 'stock':
      return <StockChoice value={search.stock} onChange={(stock) => onChange({ stock })} />;
    case 'quantity':
    case 'sku_count':
    case 'item_count':
    case 'remaining':
      return <CountChoice value={search[name]} onChange={(span) => onChange({ [name]: span })} />;
    case 'categories':
      return (
        <CategoryChoice
          chosen={search.categories ?? []}
          onChange={(categories) => onChange({ categories })}
        />
      );
    case 'types':
      return <ActivityTypeChoice chosen={search.types ?? []} onChange={(types) => onChange({ types })} />;
    case 'joined':
    case 'amount_known': {
      const [yes, no] = FLAG_WORDS[name];
      return (
        <Choices
          options={[
            { value: 'yes', label: t(yes) },
            { value: 'no', label: t(no) },
          ]}
          chosen={search[name] === undefined ? [] : [search[name] ? 'yes' : 'no']}
          onToggle={(value) => {
            const next = value === 'yes';
            onChange({ [name]: search[name] === next ? undefined : next });
          }}
        />
      );
    }
    default:
      return (
        <DateChoice
          value={search[name]}
          presets={DATE_PRESETS[name]}
          onChange={(wish) => onChange({ [name]: wish })}
        />
      );
  }
}
