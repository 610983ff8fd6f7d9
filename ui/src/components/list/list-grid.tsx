//! The rows of a list page: the grid with what is selected in it.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListRows } from '../../api/list-rows';
import { useCopy } from '../../api/mutations';
import type { ListQuery } from '../../bindings/ListQuery';
import type { Resource } from '../../bindings/Resource';
import type { ViewOpened } from '../../bindings/ViewOpened';
import { usePreference } from '../../preferences/preferences';
import { DataGrid } from '../grid/data-grid';
import type { ColumnLayout } from '../grid/layout';
import { NOTHING, type Selection, selectedCount, selectedIndices } from '../grid/selection';
import { ListError } from './list-error';
import type { ListPageProps } from './list-page';
import { SelectionBar } from './selection-bar';
import { useTellShownColumns } from './shown-columns';
import { useCopySelection } from './use-copy-selection';
import { useListSearch } from './use-list-search';

const ROW_HEIGHT = { comfortable: 40, compact: 32 } as const;

interface ListGridProps<R extends Resource>
  extends Pick<ListPageProps<R>, 'resource' | 'columns' | 'keyOf' | 'idOf' | 'lineCount'> {
  query: ListQuery & { resource: R };
  /** Opens the list anew. */
  reopen: () => void;
  shown: ViewOpened;
  layout: ColumnLayout;
  onLayout: (layout: ColumnLayout) => void;
}

export function ListGrid<R extends Resource>(props: ListGridProps<R>) {
  const { resource, query, shown, keyOf, idOf } = props;
  const rows = useListRows(resource, shown, props.reopen);
  const { t } = useTranslation();
  const { search, change } = useListSearch();
  const density = usePreference('density');
  const client = useQueryClient();
  const copy = useCopy();
  const tellShownColumns = useTellShownColumns();
  const copyMany = useCopySelection(rows.rowsOf, idOf);
  // Rows are selected by their place, which means something under one handle only.
  const kept = ['selection', shown.handle];
  const [selected, setSelected] = useState(() => ({
    handle: shown.handle,
    // Who comes back to the list before it is closed finds what was selected.
    selection: client.getQueryData<Selection>(kept) ?? NOTHING,
  }));
  const selection = selected.handle === shown.handle ? selected.selection : NOTHING;
  const select = (next: Selection) => {
    client.setQueryData(kept, next);
    setSelected({ handle: shown.handle, selection: next });
  };
  const count = selectedCount(selection, shown.count);
  const copySelection = () => copyMany.start(selectedIndices(selection, shown.count));

  const held = count > 0;
  if (rows.error) return <ListError error={rows.error} onRetry={props.reopen} />;

  return (
    <>
      <DataGrid
        label={t(`nav.${resource}`)}
        listKey={JSON.stringify(query)}
        place={shown.handle}
        count={shown.count}
        columns={props.columns}
        layout={props.layout}
        onLayout={props.onLayout}
        rowAt={rows.rowAt}
        keyOf={keyOf}
        lineCount={props.lineCount}
        openKey={search.row}
        selection={selection}
        onSelection={select}
        sort={query.sort}
        descending={query.descending}
        onSort={(sort, desc) => change({ sort, desc })}
        onVisible={rows.onVisible}
        onColumns={tellShownColumns}
        onOpen={(row) => change({ row: keyOf(row) })}
        onCopy={(row) => (held ? copySelection() : copy(idOf(row)))}
        rowHeight={ROW_HEIGHT[density]}
      />
      {held && (
        <SelectionBar
          resource={resource}
          count={count}
          busy={copyMany.busy}
          onCopy={copySelection}
          onClear={() => select(NOTHING)}
        />
      )}
    </>
  );
}
