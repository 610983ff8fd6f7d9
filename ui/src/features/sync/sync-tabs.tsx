//! The three sides of syncing: what ran, whether it is true, and what could not be read.

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { quarantine } from '../../api/queries';
import { usePreference } from '../../preferences/preferences';

const TAB =
  'rounded-md px-2 py-1 text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:font-medium aria-[current=page]:text-text';

export function SyncTabs() {
  const { t } = useTranslation();
  const log = usePreference('place').searches['/sync'] ?? {};
  const aside = useQuery(quarantine).data?.length ?? 0;
  return (
    <nav aria-label={t('sync.tabs')} className="flex items-center gap-1">
      <Link
        to="/sync"
        search={log}
        activeOptions={{ exact: true, includeSearch: false }}
        className={TAB}
        data-testid="tab-log"
      >
        {t('sync.tab_log')}
      </Link>
      <Link to="/sync/check" className={TAB} data-testid="tab-check">
        {t('sync.tab_check')}
      </Link>
      <Link to="/sync/aside" className={TAB} data-testid="tab-aside">
        {t('sync.tab_aside')}
        {aside > 0 && <span className="ml-1.5 text-warning tabular-nums">{aside}</span>}
      </Link>
    </nav>
  );
}
