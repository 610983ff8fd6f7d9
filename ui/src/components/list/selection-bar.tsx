import { Copy, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../bindings/Resource';
import { useFormat } from '../../format/use-format';
import { Button, IconButton } from '../button';
import { Icon } from '../icon';
import { COPY_LIMIT } from './use-copy-selection';

interface SelectionBarProps {
  resource: Resource;
  count: number;
  busy: boolean;
  onCopy: () => void;
  onClear: () => void;
}

/** What can be done with the selected rows. */
export function SelectionBar({ resource, count, busy, onCopy, onClear }: SelectionBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const tooMany = count > COPY_LIMIT;
  return (
    <div
      role="status"
      data-testid="selection-bar"
      className="absolute bottom-4 left-1/2 z-20 flex max-w-[94%] -translate-x-1/2 items-center gap-3 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 whitespace-nowrap shadow-raised"
    >
      <span className="truncate">{t('list.selected', { count, number: format.number(count) })}</span>
      <Button
        busy={busy}
        disabled={tooMany}
        title={tooMany ? t('list.copy_limit', { number: format.number(COPY_LIMIT) }) : undefined}
        data-testid="copy-selection"
        onClick={onCopy}
      >
        <Icon of={Copy} />
        {t(`list.copy_${resource}`)}
      </Button>
      <IconButton label={t('list.unselect')} onClick={onClear}>
        <Icon of={X} />
      </IconButton>
    </div>
  );
}
