import { Link } from '@tanstack/react-router';
import { ChevronRight, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '../../components/error-box';
import { Icon } from '../../components/icon';
import { useFormat } from '../../format/use-format';
import { toFailure } from '../../ipc/errors';
import type { ToDoState } from './use-to-do';

const TONES = { soon: 'text-warning', late: 'text-danger' } as const;

/** What must be done now, the most pressing first; each row opens the list behind its number. */
export function ToDoList({ toDo, error, retry }: ToDoState) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section aria-labelledby="to-do" className="flex flex-col gap-2">
      <h2 id="to-do" className="font-semibold">
        {t('to_do.title')}
      </h2>
      {error && <ErrorBox failure={toFailure(error)} on={{ retry }} />}
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface empty:hidden">
        {toDo?.map(({ name, tone, icon, count, words, link }) => (
          <li key={name}>
            <Link
              {...link}
              data-testid={`to-do-${name}`}
              className="flex h-10 items-center gap-3 px-4 -outline-offset-2 transition-calm hover:bg-hover"
            >
              <Icon of={icon} className={TONES[tone]} />
              <span className={`min-w-6 text-base font-semibold ${TONES[tone]}`}>{format.number(count)}</span>
              <span className="min-w-0 flex-1 truncate">{words}</span>
              <Icon of={ChevronRight} className="text-faint" />
            </Link>
          </li>
        ))}
        {toDo?.length === 0 && (
          <li className="flex h-10 items-center gap-3 px-4 text-muted" data-testid="to-do-nothing">
            <Icon of={CircleCheck} className="text-success" />
            {t('to_do.nothing')}
          </li>
        )}
        {!toDo && !error && (
          <li className="flex h-10 items-center px-4">
            <span className="skeleton h-3 w-1/3" />
          </li>
        )}
      </ul>
    </section>
  );
}
