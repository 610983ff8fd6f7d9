import { useTranslation } from 'react-i18next';
import type { Resource } from '../../bindings/Resource';
import { OneFilter } from './filters';
import { DATE_PRESETS, type ListSearch } from './list-search';

type Dates = Pick<ListSearch, 'dates' | 'from' | 'to'>;

interface DateFilterProps {
  search: Dates;
  resource: Resource;
  onChange: (dates: Dates) => void;
}

export function DateFilter({ search, resource, onChange }: DateFilterProps) {
  const { t } = useTranslation();
  const presets = DATE_PRESETS.filter((preset) => preset !== 'since_visit' || resource === 'orders');
  return (
    <>
      <OneFilter
        label={t('filter.date')}
        any={t('filter.any_date')}
        options={presets.map((value) => ({ value, label: t(`filter.${value}`) }))}
        chosen={search.dates}
        onChange={(dates) => onChange({ dates, from: undefined, to: undefined })}
      />
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

interface DayFieldProps {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}

function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <input
      type="date"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
      className="h-7 rounded-md border border-line-strong bg-surface px-2 hover:border-faint"
    />
  );
}
