import { GripVertical } from 'lucide-react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportColumn } from '../../bindings/ExportColumn';
import { Icon } from '../../components/icon';
import { followPointer } from '../../components/pointer';
import type { ChosenColumn } from './export-columns';

interface ColumnListProps {
  columns: readonly ChosenColumn[];
  onToggle: (column: ExportColumn) => void;
  /** Puts a column where another one stands. */
  onMove: (column: ExportColumn, target: ExportColumn) => void;
}

/** The columns of a file, from left to right: which ones, and in which order. */
export function ColumnList({ columns, onToggle, onMove }: ColumnListProps) {
  const { t } = useTranslation();
  const drag = (press: PointerEvent, column: ExportColumn) => {
    followPointer(press, {
      move: (_, event) => {
        const target = columnAt(event.clientX, event.clientY);
        if (target && target !== column) onMove(column, target);
      },
      end: () => {},
    });
  };
  return (
    <ol
      className="grid grid-flow-col grid-cols-2 gap-x-4"
      style={{ gridTemplateRows: `repeat(${Math.ceil(columns.length / 2)}, auto)` }}
    >
      {columns.map(({ column, chosen }, index) => {
        const moveBy = (step: number) => {
          const beside = columns[index + step];
          if (beside) onMove(column, beside.column);
        };
        return (
          <li
            key={column}
            data-export-column={column}
            className="group flex min-h-7 min-w-0 items-center rounded-md hover:bg-hover"
          >
            <label className="flex min-w-0 flex-1 items-center gap-2 self-stretch pl-1">
              <input
                type="checkbox"
                data-testid={`export-column-${column}`}
                checked={chosen}
                onChange={() => onToggle(column)}
                onKeyDown={(event) => {
                  if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
                  event.preventDefault();
                  moveBy(event.key === 'ArrowUp' ? -1 : 1);
                }}
                className="check-box size-4 shrink-0"
              />
              <span className="truncate">{t(`export.column.${column}`)}</span>
            </label>
            <span
              aria-hidden
              data-grip={column}
              onPointerDown={(event) => drag(event, column)}
              className="flex cursor-grab touch-none items-center self-stretch px-1 text-faint opacity-0 select-none group-hover:opacity-100 active:cursor-grabbing"
            >
              <Icon of={GripVertical} className="size-3.5" />
            </span>
          </li>
        );
      })}
    </ol>
  );
}

const columnAt = (x: number, y: number): ExportColumn | undefined =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-export-column]')?.dataset.exportColumn as
    | ExportColumn
    | undefined;
