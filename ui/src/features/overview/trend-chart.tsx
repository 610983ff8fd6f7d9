//! The chart of a trend: bars of the span, and the span before as a line behind them. Loaded when it is first shown.

import { useDeferredValue, useRef } from 'react';
import { Bar, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts';
import { useBoxSize } from '../../components/grid/use-box-size';
import type { TrendDay } from './spans';

const HEIGHT = 168;

export interface TrendChartProps {
  days: readonly TrendDay[];
  /** A value in full, and short for the axis. */
  full: (value: number) => string;
  short: (value: number) => string;
  dayWords: (day: string) => string;
}

export default function TrendChart({ days, full, short, dayWords }: TrendChartProps) {
  const box = useRef<HTMLDivElement>(null);
  // Drawn after the page around it, and in pieces.
  const width = useDeferredValue(useBoxSize(box).width);
  const axis = { fontSize: 12, fill: 'var(--text-muted)' };
  return (
    // The table is for readers; the picture would only repeat it.
    <div ref={box} aria-hidden className="h-[168px] overflow-hidden" data-testid="trend-chart">
      {width > 0 && (
        <ComposedChart
          width={width}
          height={HEIGHT}
          data={[...days]}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          accessibilityLayer={false}
          barCategoryGap={days.length > 40 ? '15%' : '25%'}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="day"
            tickFormatter={dayWords}
            tick={axis}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            minTickGap={28}
            height={24}
          />
          <YAxis
            tickFormatter={short}
            tick={axis}
            tickLine={false}
            axisLine={false}
            width={44}
            tickCount={4}
            allowDecimals={false}
          />
          <Tooltip
            cursor={{ fill: 'var(--hover)' }}
            isAnimationActive={false}
            content={({ payload }) => {
              const day = payload?.[0]?.payload as TrendDay | undefined;
              return day ? <Tip day={day} full={full} dayWords={dayWords} /> : null;
            }}
          />
          <Bar
            dataKey="value"
            fill="var(--accent)"
            radius={[2, 2, 0, 0]}
            maxBarSize={28}
            isAnimationActive={false}
          />
          <Line
            dataKey="before"
            type="monotone"
            stroke="var(--text-faint)"
            strokeWidth={1.25}
            strokeDasharray="3 3"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        </ComposedChart>
      )}
    </div>
  );
}

function Tip({ day, full, dayWords }: Pick<TrendChartProps, 'full' | 'dayWords'> & { day: TrendDay }) {
  return (
    <div className="grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5 rounded-md border border-line bg-raised px-2.5 py-1.5 shadow-raised">
      <span>{dayWords(day.day)}</span>
      <span className="text-right font-semibold">{full(day.value)}</span>
      <span className="text-muted">{dayWords(day.dayBefore)}</span>
      <span className="text-right text-muted">{day.before === null ? '—' : full(day.before)}</span>
    </div>
  );
}
