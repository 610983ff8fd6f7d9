import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../bindings/Resource';
import type { ViewOpened } from '../../bindings/ViewOpened';
import { IconButton } from '../../components/button';
import { Icon } from '../../components/icon';
import { useShownColumns } from '../../components/list/shown-columns';
import { keyCaps } from '../../keyboard/shortcuts';
import { ExportDialog } from './export-dialog';

interface ExportButtonProps {
  resource: Resource;
  /** The list as it is shown; nothing while it is not open. */
  view: ViewOpened | undefined;
}

/** In the header of every list. The shortcut presses it. */
export function ExportButton({ resource, view }: ExportButtonProps) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const shownColumns = useShownColumns() ?? '';
  return (
    <>
      <IconButton
        label={t('export.open')}
        title={`${t('export.open')} ${keyCaps('window', 'export').join('+')}`}
        data-testid="export"
        data-export
        disabled={!view || view.count === 0}
        onClick={() => setIsOpen(true)}
      >
        <Icon of={Download} />
      </IconButton>
      {isOpen && view && (
        <ExportDialog
          resource={resource}
          handle={view.handle}
          count={view.count}
          shownColumns={shownColumns.split(' ')}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
