import { Link, useLocation } from '@tanstack/react-router';
import { FlaskConical, PanelLeftClose, PanelLeftOpen, Search, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ShopCard } from '../bindings/ShopCard';
import { Icon } from '../components/icon';
import { needsAttention } from '../features/shops/shop-facts';
import { useNow } from '../format/now';
import { KeyCaps } from '../keyboard/key-caps';
import { useLastSearches } from './last-place';
import { useOpen } from './open-dialog';
import { PAGES, type PageLink } from './pages';
import { ShopSwitcher } from './shop-switcher';
import { useFold } from './use-fold';

interface RailProps {
  demo: boolean;
  /** `undefined` until they are known: the rail is empty then, since nothing in it may move from under the pointer later. */
  cards: readonly ShopCard[] | undefined;
}

export function Rail({ demo, cards }: RailProps) {
  const { t } = useTranslation();
  const fold = useFold();
  return (
    <nav
      aria-label={t('nav.label')}
      data-folded={fold.folded || undefined}
      className="group/rail flex w-(--rail) shrink-0 flex-col gap-3 border-r border-line px-2 pt-3 pb-2 data-folded:w-(--rail-folded)"
    >
      {cards && <Entries demo={demo} cards={cards} fold={fold} />}
    </nav>
  );
}

interface EntriesProps {
  demo: boolean;
  cards: readonly ShopCard[];
  fold: ReturnType<typeof useFold>;
}

function Entries({ demo, cards, fold: { folded, toggle, canToggle } }: EntriesProps) {
  const { t } = useTranslation();
  const now = useNow();
  const { pathname } = useLocation();
  const lastSearches = useLastSearches();
  const attention = cards.some((card) => needsAttention(card, now));
  const fold = folded ? t('frame.unfold') : t('frame.fold');
  return (
    <>
      <Brand demo={demo} folded={folded} />
      <div className="flex flex-col gap-1.5">
        {cards.length > 0 && <ShopSwitcher cards={cards} folded={folded} />}
        <PaletteButton folded={folded} />
      </div>
      <ul className="flex flex-col gap-0.5">
        {PAGES.map((page) => (
          <li key={page.name}>
            <RailLink
              page={page}
              folded={folded}
              // A second press on the page that is shown takes its filters away.
              search={pathname === page.to ? {} : lastSearches[page.to]}
              attention={page.name === 'shops' && attention}
            />
          </li>
        ))}
      </ul>
      {canToggle && (
        <button
          type="button"
          data-testid="fold-rail"
          aria-label={fold}
          aria-expanded={!folded}
          title={fold}
          onClick={toggle}
          className="mt-auto flex h-8 items-center gap-2.5 rounded-md px-2 text-muted transition-calm hover:bg-hover hover:text-text group-data-folded/rail:justify-center"
        >
          <Icon of={folded ? PanelLeftOpen : PanelLeftClose} />
        </button>
      )}
    </>
  );
}

function Brand({ demo, folded }: { demo: boolean; folded: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="flex min-h-6 flex-col justify-center gap-2 px-2 group-data-folded/rail:items-center group-data-folded/rail:px-0">
      <span className="flex items-center gap-2 font-semibold" title={folded ? t('app.name') : undefined}>
        <img src="/icon.png" alt="" className="size-5" />
        {!folded && t('app.name')}
      </span>
      {demo && (
        <span
          data-testid="demo-mark"
          title={t('app.demo_hint')}
          className="inline-flex w-fit items-center gap-1.5 rounded-full bg-warning-soft px-2 py-0.5 text-xs font-medium text-warning"
        >
          <Icon of={FlaskConical} className="size-3.5" />
          <span className="group-data-folded/rail:sr-only">{t('app.demo')}</span>
        </span>
      )}
    </div>
  );
}

function PaletteButton({ folded }: { folded: boolean }) {
  const { t } = useTranslation();
  const open = useOpen();
  return (
    <button
      type="button"
      data-testid="open-palette"
      aria-label={folded ? t('shortcuts.palette') : undefined}
      title={folded ? t('shortcuts.palette') : undefined}
      onClick={open.palette}
      className="flex h-7 items-center gap-2 rounded-md border border-line bg-surface px-2 text-muted transition-calm hover:border-line-strong hover:text-text group-data-folded/rail:justify-center"
    >
      <Icon of={Search} className="size-3.5" />
      {!folded && (
        <>
          <span className="flex-1 text-left">{t('palette.go')}</span>
          <KeyCaps group="window" name="palette" />
        </>
      )}
    </button>
  );
}

interface RailLinkProps {
  page: PageLink;
  folded: boolean;
  search: object | undefined;
  attention: boolean;
}

function RailLink({ page, folded, search, attention }: RailLinkProps) {
  const { t } = useTranslation();
  const name = t(`nav.${page.name}`);
  return (
    <Link
      to={page.to}
      search={search ?? {}}
      activeOptions={{ includeSearch: false, exact: page.to === '/' }}
      data-testid={`nav-${page.name}`}
      title={folded ? name : undefined}
      className="relative flex h-8 items-center gap-2.5 rounded-md px-2 text-muted transition-calm group-data-folded/rail:justify-center hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:font-medium aria-[current=page]:text-text"
    >
      <Icon of={page.icon} />
      <span className="group-data-folded/rail:sr-only">{name}</span>
      {attention && (
        <span
          className="ml-auto text-warning group-data-folded/rail:absolute group-data-folded/rail:top-0.5 group-data-folded/rail:right-0.5"
          title={t('nav.needs_attention')}
        >
          <Icon of={TriangleAlert} className="size-3.5" />
          <span className="sr-only">{t('nav.needs_attention')}</span>
        </span>
      )}
    </Link>
  );
}
