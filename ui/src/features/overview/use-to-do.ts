//! What must be done now. Each number is the count of the very list that it opens.

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LinkProps } from '@tanstack/react-router';
import { AlarmClock, CalendarClock, CircleX, KeyRound, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { viewCount } from '../../api/list-view';
import type { Resource } from '../../bindings/Resource';
import type { ShopCard } from '../../bindings/ShopCard';
import { queryOf } from '../../components/list/list-query';
import type { ListSearch } from '../../components/list/list-search';
import { useNow } from '../../format/now';
import { useZone } from '../../preferences/use-zone';
import { tokenHealth } from '../shops/shop-facts';

export interface ToDo {
  name: 'overdue' | 'due_soon' | 'tokens' | 'failed' | 'sign_up';
  tone: 'soon' | 'late';
  icon: LucideIcon;
  count: number;
  words: string;
  link: Pick<LinkProps, 'to' | 'search'>;
}

const OVERDUE: ListSearch = { status: ['overdue'] };
const DUE_SOON: ListSearch = { status: ['due_soon'] };
const SIGN_UP: ListSearch = { enroll: 'next_3', joined: false, sort: 'enroll_deadline' };

function useCount(resource: Resource, search: ListSearch, shop: string | undefined) {
  const query = queryOf(resource, search, { now: useNow(), zone: useZone() }, { shop });
  return useQuery({ ...viewCount(query), placeholderData: keepPreviousData });
}

export interface ToDoState {
  /** `undefined` until everything was counted. */
  toDo?: readonly ToDo[];
  /** Why something could not be counted. */
  error: Error | null;
  retry: () => void;
}

export function useToDo(cards: readonly ShopCard[], shop: string | undefined): ToDoState {
  const { t } = useTranslation();
  const now = useNow();
  const counts = [
    useCount('orders', OVERDUE, shop),
    useCount('orders', DUE_SOON, shop),
    useCount('activities', SIGN_UP, shop),
  ];
  const error = counts.find((count) => count.error)?.error ?? null;
  const retry = () => {
    for (const count of counts) if (count.error) void count.refetch();
  };
  const [overdue, dueSoon, signUp] = counts.map(({ data }) => data);
  if (overdue === undefined || dueSoon === undefined || signUp === undefined) return { error, retry };

  const health = cards.map((card) => tokenHealth(card, now));
  const ended = health.filter((one) => one === 'expired' || one === 'revoked').length;
  const tokens = ended + health.filter((one) => one === 'expires_soon').length;
  const failed = cards.filter((card) =>
    card.data.some((state) => state.allowed && state.last_result === 'failed'),
  ).length;
  const all: ToDo[] = [
    {
      name: 'overdue',
      tone: 'late',
      icon: TriangleAlert,
      count: overdue,
      words: t('to_do.overdue', { count: overdue }),
      link: { to: '/orders', search: OVERDUE },
    },
    {
      name: 'due_soon',
      tone: 'soon',
      icon: AlarmClock,
      count: dueSoon,
      words: t('to_do.due_soon', { count: dueSoon }),
      link: { to: '/orders', search: DUE_SOON },
    },
    {
      name: 'tokens',
      tone: ended > 0 ? 'late' : 'soon',
      icon: KeyRound,
      count: tokens,
      words: t('to_do.tokens', { count: tokens }),
      link: { to: '/shops', search: {} },
    },
    {
      name: 'failed',
      tone: 'late',
      icon: CircleX,
      count: failed,
      words: t('to_do.failed', { count: failed }),
      link: { to: '/', search: (previous: object) => ({ ...previous, dialog: 'sync' }) },
    },
    {
      name: 'sign_up',
      tone: 'soon',
      icon: CalendarClock,
      count: signUp,
      words: t('to_do.sign_up', { count: signUp }),
      link: { to: '/activities', search: SIGN_UP },
    },
  ];
  return { toDo: all.filter(({ count }) => count > 0), error, retry };
}
