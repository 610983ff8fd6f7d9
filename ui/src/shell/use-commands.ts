//! What the palette offers for a text.

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  Bookmark,
  CircleHelp,
  type LucideIcon,
  PanelLeft,
  Plus,
  ReceiptText,
  RefreshCw,
  Store,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ordersMatching } from '../api/list-view';
import { shops } from '../api/queries';
import { builtInViews } from '../components/list/saved-views';
import { useOpenView } from '../components/list/use-views';
import type { ShortcutIn } from '../keyboard/shortcuts';
import { RESOURCES, setPreference, usePreference } from '../preferences/preferences';
import { asLeft } from './last-place';
import { useOpen } from './open-dialog';
import { PAGES } from './pages';
import { useActions } from './use-actions';

export interface Command {
  id: string;
  label: string;
  /** What it belongs to. */
  note?: string;
  icon: LucideIcon;
  shortcut?: ShortcutIn<'window'>;
  run: () => void;
}

export interface CommandGroup {
  value: 'orders' | 'pages' | 'views' | 'shops' | 'actions';
  items: Command[];
}

/** Shorter texts are in too many numbers to mean one, and every number has a digit. */
const NUMBER = /^(?=.*\d).{4,}$/;

const matches = (command: Command, text: string): boolean => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const label = `${command.label} ${command.note ?? ''}`.toLowerCase();
  return words.every((word) => label.includes(word));
};

export function useCommands(text: string): CommandGroup[] {
  const typed = text.trim();
  const groups: CommandGroup[] = [
    { value: 'pages', items: usePages() },
    { value: 'views', items: useViewCommands() },
    { value: 'shops', items: useShopCommands() },
    { value: 'actions', items: useActionCommands() },
  ];
  const found = groups.map((group) => ({
    ...group,
    items: group.items.filter((command) => matches(command, typed)),
  }));
  return [{ value: 'orders' as const, items: useOrderCommands(typed) }, ...found].filter(
    ({ items }) => items.length > 0,
  );
}

function usePages(): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return PAGES.map((page) => ({
    id: page.name,
    label: t(`nav.${page.name}`),
    icon: page.icon,
    run: () => void navigate(asLeft(page.to)),
  }));
}

function useViewCommands(): Command[] {
  const { t } = useTranslation();
  const openView = useOpenView();
  const own = usePreference('views');
  const builtIn = RESOURCES.flatMap((resource) =>
    builtInViews(resource).map(([name, search]) => ({
      id: `${resource}-${name}`,
      label: t(`view.${name}`),
      note: t(`nav.${resource}`),
      icon: Bookmark,
      run: () => openView(resource, search),
    })),
  );
  return [
    ...own.map((view) => ({
      id: view.id,
      label: view.name,
      note: t(`nav.${view.resource}`),
      icon: Bookmark,
      run: () => openView(view.resource, view.search, view),
    })),
    ...builtIn,
  ];
}

function useShopCommands(): Command[] {
  const { t } = useTranslation();
  const openView = useOpenView();
  const cards = useQuery(shops).data ?? [];
  return cards.map(({ shop }) => ({
    id: shop.shop_id,
    label: shop.name,
    note: t('palette.shop_orders'),
    icon: Store,
    run: () => {
      setPreference('shop', shop.shop_id);
      openView('orders', {});
    },
  }));
}

function useActionCommands(): Command[] {
  const { t } = useTranslation();
  const open = useOpen();
  const actions = useActions();
  const shortcut = (name: ShortcutIn<'window'>, icon: LucideIcon): Command => ({
    id: name,
    label: t(`shortcuts.window.${name}`),
    icon,
    shortcut: name,
    run: () => actions[name](0),
  });
  return [
    shortcut('sync', RefreshCw),
    { id: 'progress', label: t('empty.show_progress'), icon: RefreshCw, run: open.sync },
    { id: 'add_shop', label: t('action.add_shop'), icon: Plus, run: () => open.authorize() },
    shortcut('fold_rail', PanelLeft),
    shortcut('help', CircleHelp),
  ];
}

function useOrderCommands(typed: string): Command[] {
  const navigate = useNavigate();
  const isNumber = NUMBER.test(typed);
  const found = useQuery({
    ...ordersMatching(typed),
    enabled: isNumber,
    placeholderData: keepPreviousData,
  });
  if (!isNumber || !found.data) return [];
  // The core also finds numbers by the words of their products.
  const named = found.data.filter((order) => order.order_sn.toLowerCase().includes(typed.toLowerCase()));
  return named.map((order) => ({
    id: order.order_sn,
    label: order.order_sn,
    note: order.items[0]?.name,
    icon: ReceiptText,
    run: () =>
      void navigate({ to: '/orders/$shop/$sn', params: { shop: order.shop_id, sn: order.order_sn } }),
  }));
}
