import { ChartNoAxesGantt, List } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/icon';
import { useListSearch } from '../../components/list/use-list-search';

/** Whether activities are shown as a list or over time. */
export function AsSwitch() {
  const { t } = useTranslation();
  const { search, change } = useListSearch();
  const choices = [
    ['list', List],
    ['timeline', ChartNoAxesGantt],
  ] as const;
  return (
    <fieldset
      aria-label={t('timeline.label')}
      className="mr-1 flex gap-0.5 rounded-md border border-line p-0.5"
    >
      {choices.map(([name, icon]) => (
        <button
          key={name}
          type="button"
          data-testid={`as-${name}`}
          aria-label={t(`timeline.${name}`)}
          title={t(`timeline.${name}`)}
          aria-pressed={(search.as ?? 'list') === name}
          onClick={() => change({ as: name === 'timeline' ? name : undefined })}
          className="inline-flex h-6 w-7 items-center justify-center rounded-sm text-muted transition-calm hover:bg-hover hover:text-text aria-pressed:bg-selected aria-pressed:text-text"
        >
          <Icon of={icon} className="size-3.5" />
        </button>
      ))}
    </fieldset>
  );
}
