//! How fresh one kind of a shop's data is, as an icon and in words.

import { Check, CircleDashed, CircleX, Minus, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DataState } from '../../bindings/DataState';
import { Icon } from '../../components/icon';
import { useFormat } from '../../format/use-format';

export function DataStateIcon({ state }: { state: DataState }) {
  if (!state.allowed) return <Icon of={Minus} className="text-faint" />;
  if (state.last_result === 'failed') return <Icon of={CircleX} className="text-danger" />;
  if (state.last_result === 'partial') return <Icon of={TriangleAlert} className="text-warning" />;
  if (state.complete_through === null) return <Icon of={CircleDashed} className="text-muted" />;
  return <Icon of={Check} className="text-success" />;
}

interface DataStateWords {
  text: string;
  /** The exact time, where there is one. */
  title: string | undefined;
}

export function useDataStateWords(): (state: DataState, semiManaged: boolean) => DataStateWords {
  const { t } = useTranslation();
  const format = useFormat();
  return (state, semiManaged) => {
    const { complete_through: through } = state;
    if (!state.allowed) return { text: semiManaged ? '—' : t('shop.not_allowed'), title: undefined };
    const notes: string[] = [];
    if (state.last_result === 'failed') notes.push(t('shop.last_failed'));
    if (state.last_result === 'partial') notes.push(t('shop.last_partial'));
    if (state.last_result === 'canceled') notes.push(t('shop.last_canceled'));
    const { complete_from: from, history_from: wanted } = state;
    // Orders from before are still on their way.
    if (from !== null && wanted !== null && wanted < from) {
      notes.push(t('shop.history', { day: format.day(from) }));
    }
    notes.push(
      through === null ? t('shop.not_synced') : t('shop.up_to_date', { time: format.relative(through) }),
    );
    return { text: notes.join(' · '), title: through === null ? undefined : format.exactTime(through) };
  };
}
