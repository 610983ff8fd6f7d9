//! Choices among what the rows at hand have; any other can be typed.

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knownActivityTypes, knownCategories } from '../../api/list-view';
import { ACTIVITY_TYPES, useActivityTypeWord } from '../activity-type';
import { Choices, type Option, OwnSpan, SPAN_INPUT, toggled } from './filters';

interface ChoiceProps {
  chosen: readonly string[];
  onChange: (values: string[] | undefined) => void;
}

export function CategoryChoice(props: ChoiceProps) {
  const { t } = useTranslation();
  const known = useQuery(knownCategories).data ?? [];
  const options = union(known, props.chosen).map((value) => ({ value, label: value }));
  return <OpenChoice {...props} options={options} other={t('filter.other_category')} />;
}

export function ActivityTypeChoice(props: ChoiceProps) {
  const { t } = useTranslation();
  const wordOf = useActivityTypeWord();
  const known = useQuery(knownActivityTypes).data ?? [];
  const options = union(ACTIVITY_TYPES, known, props.chosen).map((value) => ({
    value,
    label: wordOf(value),
  }));
  return <OpenChoice {...props} options={options} other={t('filter.other_type')} />;
}

const union = (...lists: (readonly string[])[]): string[] => [...new Set(lists.flat())];

interface OpenChoiceProps extends ChoiceProps {
  options: readonly Option[];
  other: string;
}

function OpenChoice({ options, chosen, other, onChange }: OpenChoiceProps) {
  const [typed, setTyped] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    const value = typed.trim();
    if (value && !chosen.includes(value)) onChange([...chosen, value]);
    setTyped('');
  };
  return (
    <>
      <Choices options={options} chosen={chosen} onToggle={(value) => onChange(toggled(chosen, value))} />
      <OwnSpan>
        <form onSubmit={add}>
          <input
            aria-label={other}
            placeholder={other}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className={SPAN_INPUT}
          />
        </form>
      </OwnSpan>
    </>
  );
}
