import { useTranslation } from 'react-i18next';
import type { Resource } from '../../bindings/Resource';
import { useViews } from './use-views';

/** The seller's own views, one press away; nothing before the first is saved. */
export function ViewTabs({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const { own, current, isChanged, show } = useViews(resource);
  if (own.length === 0) return null;
  return (
    <ul aria-label={t('views.title')} className="flex flex-wrap gap-1 px-4 pb-2">
      {own.map((view) => (
        <li key={view.id} className="min-w-0">
          <button
            type="button"
            data-testid="view-tab"
            aria-pressed={view === current}
            title={view.name}
            onClick={() => show(view)}
            className="flex h-6 max-w-52 items-center gap-1.5 rounded-full border border-line px-2.5 text-xs text-muted transition-calm hover:bg-hover hover:text-text aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
          >
            <span className="truncate">{view.name}</span>
            {view === current && isChanged && <span className="shrink-0">· {t('views.changed')}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
