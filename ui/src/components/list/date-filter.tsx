import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format';
import { parseDay } from '../../format/zone';
import { COMING_PRESETS, type DatePreset, daysOf, PAST_PRESETS, presetOf, wishOf } from './date-wish';
import { Choices, OwnSpan, SPAN_INPUT } from './filters';

export interface DateChoiceProps {
  value: string | undefined;
  presets: readonly DatePreset[];
  onChange: (wish: string | undefined) => void;
}

export const PRESETS_OF = {
  past: PAST_PRESETS,
  visits: [...PAST_PRESETS, 'since_visit'],
  coming: COMING_PRESETS,
  both: [...COMING_PRESETS, ...PAST_PRESETS],
} as const satisfies Record<string, readonly DatePreset[]>;

/** A preset, or two days of one's own. */
export function DateChoice({ value, presets, onChange }: DateChoiceProps) {
  const { t } = useTranslation();
  const preset = presetOf(value);
  const [first, last] = daysOf(value);
  return (
    <>
      <Choices
        options={presets.map((name) => ({ value: name, label: t(`filter.${name}`) }))}
        chosen={preset ? [preset] : []}
        onToggle={(name) => onChange(name === preset ? undefined : name)}
      />
      <OwnSpan>
        <DayField label={t('filter.from')} value={first} onChange={(day) => onChange(wishOf(day, last))} />
        <DayField label={t('filter.to')} value={last} onChange={(day) => onChange(wishOf(first, day))} />
      </OwnSpan>
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
    <label className="flex items-center gap-2">
      <span className="w-10 shrink-0 text-muted">{label}</span>
      <input
        type="date"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
        className={SPAN_INPUT}
      />
    </label>
  );
}

/** A span of days in words: `Last 7 days`, `Nov 1, 2026 – Nov 30, 2026`. */
export function useWishWords(): (wish: string) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const day = (text: string | undefined) => {
    const seconds = text && parseDay(text, format.zone);
    return seconds ? format.day(seconds) : '…';
  };
  return (wish) => {
    const preset = presetOf(wish);
    if (preset) return t(`filter.${preset}`);
    const [first, last] = daysOf(wish);
    return first === last ? day(first) : `${day(first)} – ${day(last)}`;
  };
}
