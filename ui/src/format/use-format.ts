//! The formats bound to the window's language and to the minute.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from './now';
import { formatRegion } from './region';
import {
  formatDay,
  formatExactTime,
  formatRelative,
  formatTime,
  formatTimeRange,
  type Span,
  spanOf,
} from './time';

export function useFormat() {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const language = i18n.language;
  return useMemo(() => {
    const numbers = new Intl.NumberFormat(language);
    const spanWords = (span: Span): string => {
      switch (span.unit) {
        case 'long':
          return t('span.long', { days: span.days });
        case 'days':
          return t('span.days', { days: span.days, hours: span.hours });
        case 'hours':
          return t('span.hours', { hours: span.hours, minutes: span.minutes });
        case 'minutes':
          return t('span.minutes', { minutes: span.minutes });
      }
    };
    return {
      language,
      now,
      number: (value: number) => numbers.format(value),
      time: (seconds: number) => formatTime(seconds, language, now),
      exactTime: (seconds: number) => formatExactTime(seconds, language),
      day: (seconds: number) => formatDay(seconds, language),
      timeRange: (from: number, to: number) => formatTimeRange(from, to, language),
      region: (region: string | null) => formatRegion(region, language),
      relative: (seconds: number) => formatRelative(seconds, language, now),
      span: (seconds: number) => spanWords(spanOf(seconds)),
    };
  }, [t, language, now]);
}
