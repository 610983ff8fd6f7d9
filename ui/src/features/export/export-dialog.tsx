import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '../../bindings/ExportFormat';
import type { ExportProgress } from '../../bindings/ExportProgress';
import type { Resource } from '../../bindings/Resource';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ErrorBox } from '../../components/error-box';
import { ChoiceField } from '../../components/field';
import { ProgressBar } from '../../components/progress-bar';
import { useFormat } from '../../format/use-format';
import { preferences } from '../../preferences/preferences';
import { useZone } from '../../preferences/use-zone';
import { ColumnList } from './column-list';
import { useChosenColumns } from './use-chosen-columns';
import { useExport } from './use-export';

const FORMATS: readonly ExportFormat[] = ['xlsx', 'csv'];

interface ExportDialogProps {
  resource: Resource;
  /** The list's. */
  handle: number;
  count: number;
  /** Keys of the list's columns that are shown, in their order. */
  shownColumns: readonly string[];
  onClose: () => void;
}

/** Exports what the list shows. While it runs, closing stops it. */
export function ExportDialog({ resource, handle, count, shownColumns, onClose }: ExportDialogProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const [kind, setKind] = useState(() => preferences().exports[resource].format);
  const [byLine, setByLine] = useState(() => preferences().exports[resource].byLine);
  const chosen = useChosenColumns(resource, shownColumns);
  const columns = chosen.columns.flatMap((one) => (one.chosen ? [one.column] : []));
  const { start, isRunning, progress, failure, stop } = useExport(onClose);
  const zone = useZone();

  const begin = () => {
    chosen.keep({ format: kind, byLine });
    start({
      handle,
      format: kind,
      columns,
      zone,
      language: i18n.language === 'zh-CN' ? 'zh-CN' : 'en',
      by_line: byLine,
    });
  };

  return (
    <Dialog
      title={t(`export.title.${resource}`)}
      onClose={isRunning ? stop : onClose}
      footer={
        isRunning ? (
          <>
            <Progress progress={progress} />
            <Button data-testid="export-cancel" onClick={stop}>
              {t('action.cancel')}
            </Button>
          </>
        ) : (
          <>
            <span className="mr-auto text-muted">
              {t('list.count', { count, number: format.number(count) })}
            </span>
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button
              variant="primary"
              data-testid="export-start"
              disabled={columns.length === 0}
              onClick={begin}
            >
              {t('export.start')}
            </Button>
          </>
        )
      }
    >
      <fieldset disabled={isRunning} className="flex min-w-0 flex-col gap-4">
        <ChoiceField
          label={t('export.format')}
          hint={t(`export.${kind}_hint`)}
          data-testid="export-format"
          value={kind}
          onChange={(event) => setKind(event.target.value as ExportFormat)}
        >
          {FORMATS.map((one) => (
            <option key={one} value={one}>
              {t(`export.${one}`)}
            </option>
          ))}
        </ChoiceField>
        {resource === 'orders' && (
          <ChoiceField
            label={t('export.rows')}
            data-testid="export-rows"
            value={byLine ? 'line' : 'order'}
            onChange={(event) => setByLine(event.target.value === 'line')}
          >
            <option value="order">{t('export.by_order')}</option>
            <option value="line">{t('export.by_line')}</option>
          </ChoiceField>
        )}
        <fieldset className="min-w-0">
          <legend className="float-left leading-7 font-medium">{t('export.columns')}</legend>
          <div className="mb-1 flex min-h-7 items-center justify-end gap-3 clear-right">
            {chosen.isOwn ? (
              <Button variant="quiet" size="small" data-testid="export-as-shown" onClick={chosen.asShown}>
                {t('export.as_shown')}
              </Button>
            ) : (
              <span className="text-xs text-muted">{t('export.order_hint')}</span>
            )}
          </div>
          <ColumnList columns={chosen.columns} onToggle={chosen.toggle} onMove={chosen.move} />
        </fieldset>
        <p className="text-muted">{t('export.zone', { zone })}</p>
        {failure && <ErrorBox failure={failure} on={{ retry: begin }} />}
      </fieldset>
    </Dialog>
  );
}

function Progress({ progress }: { progress: ExportProgress | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, total } = progress ?? { rows: 0, total: 0 };
  const isPacking = total > 0 && rows === total;
  const words = isPacking
    ? t('export.packing')
    : t('export.progress', { rows: format.number(rows), total: format.number(total) });
  return (
    <div data-testid="export-progress" className="mr-auto flex min-w-0 flex-1 flex-col gap-1.5">
      <span className="text-muted">{words}</span>
      <ProgressBar label={words} share={total === 0 || isPacking ? null : rows / total} />
    </div>
  );
}
