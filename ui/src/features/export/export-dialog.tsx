import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportColumn } from '../../bindings/ExportColumn';
import type { ExportFormat } from '../../bindings/ExportFormat';
import type { ExportProgress } from '../../bindings/ExportProgress';
import type { Resource } from '../../bindings/Resource';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ErrorBox } from '../../components/error-box';
import { ChoiceField } from '../../components/field';
import { ProgressBar } from '../../components/progress-bar';
import { useFormat } from '../../format/use-format';
import { useZone } from '../../preferences/use-zone';
import { columnsToChoose, exportedBy } from './export-columns';
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
  const [kind, setKind] = useState<ExportFormat>('xlsx');
  const [byLine, setByLine] = useState(false);
  const [columns] = useState(() => columnsToChoose(resource, shownColumns));
  const [chosen, setChosen] = useState<readonly ExportColumn[]>(() => exportedBy(resource, shownColumns));
  const { start, isRunning, progress, failure, stop } = useExport(onClose);
  const zone = useZone();

  const begin = () =>
    start({
      handle,
      format: kind,
      columns: columns.filter((column) => chosen.includes(column)),
      zone,
      language: i18n.language === 'zh-CN' ? 'zh-CN' : 'en',
      by_line: byLine,
    });
  const toggle = (column: ExportColumn) =>
    setChosen((now) => (now.includes(column) ? now.filter((one) => one !== column) : [...now, column]));

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
              disabled={chosen.length === 0}
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
          <legend className="mb-1 font-medium">{t('export.columns')}</legend>
          <div className="grid grid-cols-2 gap-x-4 gap-y-1">
            {columns.map((column) => (
              <label key={column} className="flex min-h-7 min-w-0 items-center gap-2">
                <input
                  type="checkbox"
                  data-testid={`export-column-${column}`}
                  checked={chosen.includes(column)}
                  onChange={() => toggle(column)}
                  className="check-box size-4 shrink-0"
                />
                <span className="truncate">{t(`export.column.${column}`)}</span>
              </label>
            ))}
          </div>
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
