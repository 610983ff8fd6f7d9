import { Menu as Base } from '@base-ui/react/menu';
import { Columns3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../button';
import type { Column } from '../grid/column';
import { arrangeColumns, type ColumnLayout, withOrder, withShown } from '../grid/layout';
import { Icon } from '../icon';
import { ITEM, Mark, Menu, MenuHeading, MenuLine } from '../menu';
import { useShownColumns } from './shown-columns';

interface ColumnsMenuProps<Row> {
  columns: readonly Column<Row>[];
  layout: ColumnLayout;
  onLayout: (layout: ColumnLayout) => void;
}

/** Which columns a list has and in which order. Until one is chosen, those are shown that have room. */
export function ColumnsMenu<Row>({ columns, layout, onLayout }: ColumnsMenuProps<Row>) {
  const { t } = useTranslation();
  const placed = arrangeColumns(columns, layout);
  const shownKeys = useShownColumns()?.split(' ') ?? placed.map(({ column }) => column.key);
  const isShown = (key: string) => shownKeys.includes(key);

  const move = (key: string, step: number) => {
    const neighbour = placed[placed.findIndex(({ column }) => column.key === key) + step];
    if (neighbour) onLayout(withOrder(placed, key, neighbour.column.key));
  };

  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t('columns.title')} data-testid="columns">
          <Icon of={Columns3} />
        </IconButton>
      }
    >
      <Base.Group>
        <Base.GroupLabel render={<MenuHeading>{t('columns.hint')}</MenuHeading>} />
        {placed.map(({ column }) => {
          const checked = isShown(column.key);
          return (
            <Base.CheckboxItem
              key={column.key}
              checked={checked}
              // A list without any column could not be read.
              disabled={checked && shownKeys.length === 1}
              data-testid={`column-${column.key}`}
              onCheckedChange={(next) => onLayout(withShown(placed, column.key, next))}
              onKeyDown={(event) => {
                if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
                event.preventDefault();
                event.preventBaseUIHandler();
                event.stopPropagation();
                move(column.key, event.key === 'ArrowUp' ? -1 : 1);
              }}
              className={ITEM}
            >
              <Mark shown={checked} />
              <span className="truncate">{column.header}</span>
            </Base.CheckboxItem>
          );
        })}
      </Base.Group>
      <MenuLine />
      <Base.Item
        className={ITEM}
        disabled={layout.length === 0}
        data-testid="columns-usual"
        onClick={() => onLayout([])}
      >
        {t('columns.usual')}
      </Base.Item>
    </Menu>
  );
}
