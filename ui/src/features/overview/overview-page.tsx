//! The start page: what must be done now, then how the shops are doing.

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { shops } from '../../api/queries';
import type { DayTotal } from '../../bindings/DayTotal';
import { ErrorBox } from '../../components/error-box';
import { DataAge } from '../../components/list/data-age';
import { PageHeader } from '../../components/page-header';
import { exponentOf, formatAmount } from '../../format/money';
import { useFormat } from '../../format/use-format';
import { parseDay } from '../../format/zone';
import { toFailure } from '../../ipc/errors';
import { useChosenShop } from '../../shell/use-chosen-shop';
import { NOT_CANCELED, OF_UNKNOWN_AMOUNT, OrdersLink } from './orders-link';
import { ShopTotals } from './shop-totals';
import { isKnown, RANGES, type Range, type Spans, sumOf, trendOf, within } from './spans';
import { ToDoList } from './to-do-list';
import { TopSkus } from './top-skus';
import { TrendCard } from './trend-card';
import { useFirstKnownDay } from './use-first-known-day';
import { useToDo } from './use-to-do';
import { useTotals } from './use-totals';

export interface OverviewSearch {
  days?: Range;
}

export const validateOverviewSearch = (search: Record<string, unknown>): OverviewSearch => ({
  days: RANGES.find((range) => range === search.days),
});

const USUAL_RANGE: Range = 30;

export function OverviewPage() {
  const { t } = useTranslation();
  const { days: range = USUAL_RANGE }: OverviewSearch = useSearch({ strict: false });
  const all = useQuery(shops).data ?? [];
  const chosen = useChosenShop();
  const cards = chosen ? [chosen] : all;
  const shopIds = chosen ? [chosen.shop.shop_id] : [];
  const toDo = useToDo(cards, chosen?.shop.shop_id);
  const { spans, totals, error, retry } = useTotals(range, shopIds);
  const dates = `days_${range}`;
  const format = useFormat();
  const firstKnown = useFirstKnownDay()(cards);
  const isPartial = firstKnown !== null && !isKnown(spans.now, firstKnown);
  return (
    <>
      <PageHeader title={t('nav.overview')} end={<DataAge cards={cards} resource="orders" />} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-[1120px] flex-col gap-6 px-4 pt-1 pb-8">
          <ToDoList {...toDo} />
          <section aria-labelledby="trends" className="flex flex-col gap-2">
            <div className="flex items-center justify-between gap-3">
              <div className="flex flex-wrap items-baseline gap-x-2">
                <h2 id="trends" className="font-semibold">
                  {t('overview.trends')}
                </h2>
                {isPartial && (
                  <span className="text-xs text-muted" data-testid="known-since">
                    {t('overview.since', { day: format.day(parseDay(firstKnown, format.zone) ?? 0) })}
                  </span>
                )}
              </div>
              <RangeSwitch range={range} />
            </div>
            {error && !toDo.error && <ErrorBox failure={toFailure(error)} on={{ retry }} />}
            {totals && (
              <Trends totals={totals} spans={spans} range={range} dates={dates} firstKnown={firstKnown} />
            )}
          </section>
          <div className="grid gap-6 lg:grid-cols-2">
            {totals && <ShopTotals cards={cards} totals={totals} spans={spans} range={range} dates={dates} />}
            <TopSkus shops={shopIds} spans={spans} dates={dates} />
          </div>
        </div>
      </div>
    </>
  );
}

function RangeSwitch({ range }: { range: Range }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <fieldset
      aria-label={t('overview.range')}
      className="flex gap-0.5 rounded-md border border-line bg-surface p-0.5"
    >
      {RANGES.map((days) => (
        <button
          key={days}
          type="button"
          data-testid={`range-${days}`}
          aria-pressed={days === range}
          onClick={() =>
            void navigate({ to: '/', search: (previous) => ({ ...previous, days }), replace: true })
          }
          className="h-6 rounded-sm px-2.5 text-muted transition-calm hover:bg-hover hover:text-text aria-pressed:bg-selected aria-pressed:font-medium aria-pressed:text-text"
        >
          {t('overview.days', { count: days })}
        </button>
      ))}
    </fieldset>
  );
}

interface TrendsProps {
  totals: readonly DayTotal[];
  spans: Spans;
  range: Range;
  dates: string;
  firstKnown: string | null;
}

/** Orders, and a trend of its own for each currency. */
function Trends({ totals, spans, range, dates, firstKnown }: TrendsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = sumOf(within(totals, spans.now));
  const compact = new Intl.NumberFormat(format.language, { notation: 'compact', maximumFractionDigits: 1 });
  const currencies = [...now.amounts].sort((one, other) => (one[0] < other[0] ? -1 : 1));
  const canceled = now.canceled > 0 && (
    <OrdersLink search={{ dates, status: ['canceled'] }}>
      {t('overview.canceled', { count: now.canceled })}
    </OrdersLink>
  );
  const unknown = now.unknown > 0 && (
    <OrdersLink search={{ dates, ...OF_UNKNOWN_AMOUNT }}>
      {t('overview.unknown', { count: now.unknown })}
    </OrdersLink>
  );
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(300px,100%),1fr))] gap-4">
      <TrendCard
        name="orders"
        title={t('overview.orders')}
        days={trendOf(totals, spans, ({ orders }) => orders, firstKnown)}
        range={range}
        full={format.number}
        short={(value) => compact.format(value)}
        link={{ to: '/orders', search: { dates } }}
        note={
          (canceled || unknown) && (
            <>
              {canceled}
              {canceled && unknown && ' · '}
              {unknown}
            </>
          )
        }
      />
      {currencies.map(([currency]) => {
        const own = totals.filter((total) => total.currency === currency);
        const { unknown } = sumOf(within(own, spans.now));
        // An order whose currency is unknown may be of this one.
        const hasUnknown = totals.some(
          (total) => [currency, null].includes(total.currency) && total.unknown_amounts > 0,
        );
        return (
          <TrendCard
            key={currency}
            name={currency}
            title={t('overview.amount_in', { currency })}
            days={trendOf(own, spans, ({ amount_minor }) => amount_minor, firstKnown)}
            range={range}
            full={(minor) => formatAmount({ minor, currency }, format.language)}
            short={(minor) => compact.format(minor / 10 ** exponentOf(currency))}
            unit={currency}
            link={{ to: '/orders', search: { dates, status: NOT_CANCELED, amount: { currency } } }}
            hasUnknown={hasUnknown}
            note={unknown > 0 ? t('overview.unknown_left_out', { count: unknown }) : undefined}
          />
        );
      })}
    </div>
  );
}
