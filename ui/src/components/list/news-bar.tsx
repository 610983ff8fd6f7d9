import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ViewNews } from '../../bindings/ViewNews';
import { useFormat } from '../../format/use-format';
import { Icon } from '../icon';

/** Offers what came since the list was opened, without moving or covering a row. */
export function NewsBar({ news, onRefresh }: { news: ViewNews; onRefresh: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = [
    news.new > 0 && t('list.new_rows', { count: news.new, number: format.number(news.new) }),
    news.changed > 0 && t('list.changed_rows', { count: news.changed, number: format.number(news.changed) }),
  ].filter(Boolean);
  return (
    <span role="status">
      <button
        type="button"
        data-testid="news"
        onClick={onRefresh}
        className="flex h-7 items-center gap-2 rounded-full border border-line bg-raised px-3 whitespace-nowrap transition-calm hover:border-line-strong hover:bg-hover"
      >
        <Icon of={RefreshCw} className="size-3.5 text-accent" />
        <span className="text-muted">{words.length > 0 ? words.join(' · ') : t('list.changed')}</span>
        <span className="font-medium text-accent">{t('list.refresh')}</span>
      </button>
    </span>
  );
}
