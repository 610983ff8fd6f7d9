import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCopy } from '../api/mutations';
import { IconButton } from './button';
import { Icon } from './icon';

/** Copies an id. In a grid it is out of the tab order: Ctrl+C does the same there. */
export function CopyButton({ text, what, inGrid = false }: { text: string; what: string; inGrid?: boolean }) {
  const { t } = useTranslation();
  const copy = useCopy();
  return (
    <IconButton
      label={t('action.copy', { what })}
      tabIndex={inGrid ? -1 : 0}
      small
      className={
        inGrid
          ? 'opacity-0 group-hover/row:opacity-100 group-focus-visible/grid:group-data-active/row:opacity-100'
          : ''
      }
      onClick={(event) => {
        event.stopPropagation();
        copy(text);
      }}
    >
      <Icon of={Copy} className="size-3.5" />
    </IconButton>
  );
}
