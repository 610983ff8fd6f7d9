//! The filters of amounts and of pieces: presets where there are usual ones, and two ends of one's own.

import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exponentOf } from '../../format/money';
import { Choices, OwnSpan, SPAN_INPUT } from './filters';
import type { AmountSpan, CountSpan } from './list-search';

/** Currencies of the platform's sites; any other can be typed. */
const CURRENCIES = ['USD', 'EUR', 'GBP', 'CAD', 'AUD', 'JPY', 'MXN', 'BRL', 'KRW', 'PLN', 'SEK', 'CNY'];

interface AmountChoiceProps {
  value: AmountSpan | undefined;
  onChange: (span: AmountSpan | undefined) => void;
}

const toMinor = (text: string, currency: string): number | undefined => {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value)
    ? undefined
    : Math.round(value * 10 ** exponentOf(currency));
};

const toText = (minor: number | undefined, currency: string): string =>
  minor === undefined ? '' : String(minor / 10 ** exponentOf(currency));

/** Amounts are compared within one currency, never across. */
export function AmountChoice({ value, onChange }: AmountChoiceProps) {
  const { t } = useTranslation();
  const listId = useId();
  const [currency, setCurrency] = useState(value?.currency ?? '');
  const [from, setFrom] = useState(toText(value?.from, currency));
  const [to, setTo] = useState(toText(value?.to, currency));
  const tell = (next: { currency: string; from: string; to: string }) => {
    const code = next.currency.trim().toUpperCase();
    if (!/^[A-Z]{3}$/.test(code)) return onChange(undefined);
    onChange({ currency: code, from: toMinor(next.from, code), to: toMinor(next.to, code) });
  };
  const field = (label: string, text: string, set: (text: string) => void, name: 'from' | 'to') => (
    <label className="flex items-center gap-2">
      <span className="w-14 shrink-0 text-muted">{label}</span>
      <input
        inputMode="decimal"
        value={text}
        onChange={(event) => {
          set(event.target.value);
          tell({ currency, from, to, [name]: event.target.value });
        }}
        className={`${SPAN_INPUT} text-right`}
      />
    </label>
  );
  return (
    <div className="flex flex-col gap-2 p-2">
      <label className="flex items-center gap-2">
        <span className="w-14 shrink-0 text-muted">{t('filter.currency')}</span>
        <input
          list={listId}
          value={currency}
          placeholder="USD"
          maxLength={3}
          data-testid="filter-currency"
          onChange={(event) => {
            setCurrency(event.target.value.toUpperCase());
            tell({ currency: event.target.value, from, to });
          }}
          className={SPAN_INPUT}
        />
        <datalist id={listId}>
          {CURRENCIES.map((code) => (
            <option key={code} value={code} />
          ))}
        </datalist>
      </label>
      {field(t('filter.least'), from, setFrom, 'from')}
      {field(t('filter.most'), to, setTo, 'to')}
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

export function StockChoice({ value, onChange }: CountChoiceProps) {
  const { t } = useTranslation();
  const preset = stockPresetOf(value);
  const tell = (next: CountSpan) =>
    onChange(next.from === undefined && next.to === undefined ? undefined : next);
  const field = (label: string, name: 'from' | 'to') => (
    <label className="flex items-center gap-2">
      <span className="w-14 shrink-0 text-muted">{label}</span>
      <input
        type="number"
        min={0}
        value={value?.[name] ?? ''}
        onChange={(event) =>
          tell({
            ...value,
            [name]: event.target.value === '' ? undefined : Math.trunc(event.target.valueAsNumber),
          })
        }
        className={`${SPAN_INPUT} text-right`}
      />
    </label>
  );
  return (
    <>
      <Choices
        options={NAMES.map((name) => ({ value: name, label: t(`filter.${name}`, { count: LOW_STOCK }) }))}
        chosen={preset ? [preset] : []}
        onToggle={(name) => onChange(name === preset ? undefined : { ...STOCK_PRESETS[name] })}
      />
      <OwnSpan>
        {field(t('filter.least'), 'from')}
        {field(t('filter.most'), 'to')}
      </OwnSpan>
    </>
  );
}
