import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format';
import { parseDay } from '../../format/zone';
import {
  areDays,
  COMING_PRESETS,
  type DatePreset,
  daysOf,
  PAST_PRESETS,
  presetOf,
  wishOf,
} from './date-wish';
import { Choices, OwnSpan, SPAN_INPUT, SpanHint } from './filters';

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
  const hint = useId();
  const [typed, setTyped] = useState(() => daysOf(value));
  const isWrong = !areDays(...typed);
  const type = (first: string | undefined, last: string | undefined) => {
    setTyped([first, last]);
    if (areDays(first, last)) onChange(wishOf(first, last));
  };
  return (
    <>
      <Choices
        options={presets.map((name) => ({ value: name, label: t(`filter.${name}`) }))}
        chosen={preset ? [preset] : []}
        onToggle={(name) => {
          setTyped([undefined, undefined]);
          onChange(name === preset ? undefined : name);
        }}
      />
      <OwnSpan>
        <DayField
          label={t('filter.from')}
          value={typed[0]}
          hint={isWrong ? hint : undefined}
          onChange={(day) => type(day, typed[1])}
        />
        <DayField
          label={t('filter.to')}
          value={typed[1]}
          hint={isWrong ? hint : undefined}
          onChange={(day) => type(typed[0], day)}
        />
        {isWrong && <SpanHint id={hint}>{t('filter.no_days')}</SpanHint>}
      </OwnSpan>
    </>
  );
}

interface DayFieldProps {
  label: string;
  value: string | undefined;
  /** What says why this is no day of a span, if it is none. */
  hint: string | undefined;
  onChange: (day: string | undefined) => void;
}

function DayField({ label, value, hint, onChange }: DayFieldProps) {
  return (
    <label className="flex items-center gap-2">
      <span className="w-10 shrink-0 text-muted">{label}</span>
      <input
        type="date"
        value={value ?? ''}
        aria-invalid={hint !== undefined || undefined}
        aria-describedby={hint}
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
