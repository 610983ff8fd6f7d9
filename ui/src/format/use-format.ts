//! The formats bound to the window's language, its zone and to the minute.

import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useZone } from '../preferences/use-zone';
import { formatBytes } from './bytes';
import { useNow } from './now';
import { formatRegion } from './region';
import {
  formatDay,
  formatExactTime,
  formatRelative,
  formatShortDay,
  formatTime,
  formatTimeRange,
  MINUTE,
  type Span,
  spanOf,
} from './time';

/** The formats, made once for all that show something in the same minute. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return formatOf(i18n.t, i18n.language, useZone(), useNow());
}

type Format = ReturnType<typeof makeFormat>;

let latest: { of: readonly unknown[]; format: Format } | undefined;

function formatOf(...of: Parameters<typeof makeFormat>): Format {
  if (!latest?.of.every((value, index) => value === of[index])) {
    latest = { of, format: makeFormat(...of) };
  }
  return latest.format;
}

function makeFormat(t: TFunction, language: string, zone: string, now: number) {
  const locale = { language, zone };
  const numbers = new Intl.NumberFormat(language);
  const percents = new Intl.NumberFormat(language, { style: 'percent', roundingMode: 'floor' });
  const spanWords = (span: Span): string => {
    switch (span.unit) {
      case 'long':
        return t('span.long', { days: span.days });
      case 'days':
        return span.hours === 0
          ? t('span.long', { days: span.days })
          : t('span.days', { days: span.days, hours: span.hours });
      case 'hours':
        return t('span.hours', { hours: span.hours, minutes: span.minutes });
      case 'minutes':
        return t('span.minutes', { minutes: span.minutes });
    }
  };
  return {
    language,
    zone,
    now,
    number: (value: number) => numbers.format(value),
    /** Never says that all is done before it is. */
    percent: (share: number) => percents.format(share),
    bytes: (bytes: number) => formatBytes(bytes, language),
    time: (seconds: number) => formatTime(seconds, locale, now),
    exactTime: (seconds: number) => formatExactTime(seconds, locale),
    day: (seconds: number) => formatDay(seconds, locale),
    shortDay: (seconds: number) => formatShortDay(seconds, locale),
    timeRange: (from: number, to: number) => formatTimeRange(from, to, locale),
    region: (region: string | null) => formatRegion(region, language),
    // Less than a minute is an age, even ahead: the clock here moves by half a minute at a time.
    relative: (seconds: number) =>
      Math.abs(seconds - now) < MINUTE ? t('span.just_now') : formatRelative(seconds, language, now),
    span: (seconds: number) => spanWords(spanOf(seconds)),
  };
}
