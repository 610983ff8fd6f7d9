import { useQuery } from '@tanstack/react-query';
import { DatabaseBackup, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStartSync } from '../../api/mutations';
import { appInfo } from '../../api/queries';
import { Button, IconButton } from '../../components/button';
import { Icon } from '../../components/icon';

/** Says that the database was damaged at this start or replaced since, what took its place, and how the rest comes back. */
export function RecoveredBanner() {
  const { t } = useTranslation();
  const [seen, setSeen] = useState(false);
  const sync = useStartSync();
  const recovered = useQuery(appInfo).data?.recovered;
  if (!recovered || seen) return null;
  const folder = recovered.moved_to;
  return (
    <div
      role="status"
      data-testid="recovered-banner"
      className="flex items-center gap-3 border-b border-line bg-warning-soft px-4 py-2"
    >
      <Icon of={DatabaseBackup} className="text-warning" />
      <p className="min-w-0 flex-1 break-words">
        {recovered.on_request
          ? t('recovered.restored', { folder })
          : recovered.restored_from
            ? t('recovered.from_backup', { folder })
            : t('recovered.fresh', { folder })}
      </p>
      <Button
        busy={sync.isPending}
        onClick={() => {
          sync.start([]);
          setSeen(true);
        }}
      >
        {t('action.sync_now')}
      </Button>
      <IconButton label={t('action.close')} onClick={() => setSeen(true)}>
        <Icon of={X} />
      </IconButton>
    </div>
  );
}
