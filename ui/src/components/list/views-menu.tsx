import { Menu as Base } from '@base-ui/react/menu';
import { Bookmark, Check, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../bindings/Resource';
import { IconButton } from '../button';
import { Icon } from '../icon';
import { ITEM, Mark, Menu, MenuHeading, MenuLine } from '../menu';
import { builtInViews, showsView } from './saved-views';
import { useListSearch } from './use-list-search';
import { useViews } from './use-views';
import { ViewNameDialog } from './view-name-dialog';

/** Every view of the list, and what can be done with the one that is shown. */
export function ViewsMenu({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const { search } = useListSearch();
  const views = useViews(resource);
  const { current } = views;
  const [naming, setNaming] = useState<'new' | 'current'>();
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={t('views.title')} data-testid="views">
            <Icon of={Bookmark} />
          </IconButton>
        }
      >
        <Base.Group>
          <Base.GroupLabel render={<MenuHeading>{t('views.title')}</MenuHeading>} />
          {builtInViews(resource).map(([name, filters]) => (
            <Base.Item
              key={name}
              data-testid={`view-${name}`}
              className={ITEM}
              onClick={() => views.showBuiltIn(filters)}
            >
              <Mark shown={!current && showsView(search, filters)} />
              {t(`view.${name}`)}
            </Base.Item>
          ))}
          {views.own.map((view) => (
            <Base.Item key={view.id} className={ITEM} onClick={() => views.show(view)}>
              <Mark shown={view === current} />
              <span className="truncate">{view.name}</span>
            </Base.Item>
          ))}
        </Base.Group>
        <MenuLine />
        <Base.Item className={ITEM} data-testid="save-view" onClick={() => setNaming('new')}>
          <Icon of={Plus} className="text-muted" />
          {t('views.save')}
        </Base.Item>
        {current && (
          <>
            <Base.Item className={ITEM} disabled={!views.isChanged} onClick={() => views.update(current)}>
              <Icon of={Check} className="text-muted" />
              <span className="truncate">{t('views.update', { name: current.name })}</span>
            </Base.Item>
            <Base.Item className={ITEM} onClick={() => setNaming('current')}>
              <Icon of={Pencil} className="text-muted" />
              {t('shop.rename')}
            </Base.Item>
            <Base.Item className={`${ITEM} text-danger`} onClick={() => views.remove(current)}>
              <Icon of={Trash2} />
              {t('views.remove')}
            </Base.Item>
          </>
        )}
      </Menu>
      {naming && (
        <ViewNameDialog
          title={naming === 'new' ? t('views.save') : t('shop.rename')}
          name={naming === 'current' ? (current?.name ?? '') : ''}
          onName={(name) => {
            if (naming === 'new') views.save(name);
            else if (current) views.rename(current, name);
            setNaming(undefined);
          }}
          onClose={() => setNaming(undefined)}
        />
      )}
    </>
  );
}
