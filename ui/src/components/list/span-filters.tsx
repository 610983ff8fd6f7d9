//! The filters of amounts and of counts: presets where there are usual ones, and two ends of one's own.

import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exponentOf } from '../../format/money';
import { setPreference } from '../../preferences/preferences';
import { useCurrencies } from './currencies';
import { Choices, OwnSpan, SPAN_INPUT, SpanHint } from './filters';
import { type AmountSpan, type CountSpan, isCrossed } from './list-search';

/** What stands at the two ends while they are typed. */
type Typed = Record<'from' | 'to', string>;

interface EndsProps {
  typed: Typed;
  /** Whether these are no ends of a span; the list stays as it is then. */
  isWrong: boolean;
  inputMode: 'decimal' | 'numeric';
  onType: (typed: Typed) => void;
}

function Ends({ typed, isWrong, inputMode, onType }: EndsProps) {
  const { t } = useTranslation();
  const hint = useId();
  return (
    <>
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className="flex items-center gap-2">
          <span className="w-14 shrink-0 text-muted">
            {t(end === 'from' ? 'filter.least' : 'filter.most')}
          </span>
          <input
            inputMode={inputMode}
            value={typed[end]}
            data-testid={`filter-${end}`}
            aria-invalid={isWrong || undefined}
            aria-describedby={isWrong ? hint : undefined}
            onChange={(event) => onType({ ...typed, [end]: event.target.value })}
            className={`${SPAN_INPUT} text-right`}
          />
        </label>
      ))}
      {isWrong && <SpanHint id={hint}>{t('filter.no_span')}</SpanHint>}
    </>
  );
}

/** The numbers that were typed, each by `read`; nothing where they are no ends of a span. */
function spanIn(typed: Typed, read: (number: number) => number): CountSpan | undefined {
  const [from, to] = [typed.from, typed.to].map((text) =>
    text.trim() === '' ? undefined : read(Number(text)),
  );
  const isWrong = [from, to].some((end) => end !== undefined && !Number.isSafeInteger(end));
  return isWrong || isCrossed({ from, to }) ? undefined : { from, to };
}

interface AmountChoiceProps {
  resource: 'orders' | 'products';
  value: AmountSpan | undefined;
  onChange: (span: AmountSpan | undefined) => void;
}

/** Amounts are compared within one currency, never across. */
export function AmountChoice({ resource, value, onChange }: AmountChoiceProps) {
  const { t } = useTranslation();
  const { likeliest, all } = useCurrencies(resource);
  const [currency, setCurrency] = useState(value?.currency ?? likeliest);
  const options = all.includes(currency) ? all : [currency, ...all];
  const unit = 10 ** exponentOf(currency);
  const text = (minor: number | undefined) => (minor === undefined ? '' : String(minor / unit));
  const [typed, setTyped] = useState<Typed>({ from: text(value?.from), to: text(value?.to) });
  const minorIn = (ends: Typed, code: string) =>
    spanIn(ends, (number) => Math.round(number * 10 ** exponentOf(code)));
  const tell = (ends: Typed, code: string) => {
    const span = minorIn(ends, code);
    if (!span) return;
    setPreference('currency', code);
    onChange({ currency: code, ...span });
  };
  return (
    <div className="flex flex-col gap-2 p-2">
      <label className="flex items-center gap-2">
        <span className="w-14 shrink-0 text-muted">{t('filter.currency')}</span>
        <select
          value={currency}
          data-testid="filter-currency"
          onChange={(event) => {
            setCurrency(event.target.value);
            tell(typed, event.target.value);
          }}
          className={`${SPAN_INPUT} choice pr-7`}
        >
          {options.map((code) => (
            <option key={code}>{code}</option>
          ))}
        </select>
      </label>
      <Ends
        typed={typed}
        isWrong={!minorIn(typed, currency)}
        inputMode="decimal"
        onType={(ends) => {
          setTyped(ends);
          tell(ends, currency);
        }}
      />
    </div>
  );
}

/** At this many pieces and fewer, stock is low. */
export const LOW_STOCK = 10;

export const STOCK_PRESETS = {
  stock_out: { to: 0 },
  stock_low: { from: 1, to: LOW_STOCK },
  stock_in: { from: 1 },
} as const satisfies Record<string, CountSpan>;
export type StockPreset = keyof typeof STOCK_PRESETS;

const NAMES = Object.keys(STOCK_PRESETS) as StockPreset[];

export const stockPresetOf = (span: CountSpan | undefined): StockPreset | undefined =>
  NAMES.find((name) => {
    const preset: CountSpan = STOCK_PRESETS[name];
    return span && preset.from === span.from && preset.to === span.to;
  });

interface CountChoiceProps {
  value: CountSpan | undefined;
  onChange: (span: CountSpan | undefined) => void;
}

const typedOf = (span: CountSpan | undefined): Typed => ({
  from: String(span?.from ?? ''),
  to: String(span?.to ?? ''),
});

const countsIn = (typed: Typed) => spanIn(typed, (number) => number);

/** A span of whole numbers. */
export function CountChoice({ value, onChange }: CountChoiceProps) {
  const [typed, setTyped] = useState(typedOf(value));
  return (
    <div className="flex flex-col gap-2 p-2">
      <CountEnds typed={typed} onType={setTyped} onChange={onChange} />
    </div>
  );
}

interface CountEndsProps {
  typed: Typed;
  onType: (typed: Typed) => void;
  onChange: (span: CountSpan | undefined) => void;
}

function CountEnds({ typed, onType, onChange }: CountEndsProps) {
  return (
    <Ends
      typed={typed}
      isWrong={!countsIn(typed)}
      inputMode="numeric"
      onType={(ends) => {
        onType(ends);
        const span = countsIn(ends);
        if (span) onChange(span.from === undefined && span.to === undefined ? undefined : span);
      }}
    />
  );
}

export function StockChoice({ value, onChange }: CountChoiceProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(typedOf(value));
  const preset = stockPresetOf(value);
  return (
    <>
      <Choices
        options={NAMES.map((name) => ({ value: name, label: t(`filter.${name}`, { count: LOW_STOCK }) }))}
        chosen={preset ? [preset] : []}
        onToggle={(name) => {
          const span = name === preset ? undefined : { ...STOCK_PRESETS[name] };
          setTyped(typedOf(span));
          onChange(span);
        }}
      />
      <OwnSpan>
        <CountEnds typed={typed} onType={setTyped} onChange={onChange} />
      </OwnSpan>
    </>
  );
}
