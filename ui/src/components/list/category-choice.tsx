import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knownCategories } from '../../api/list-view';
import { Choices, OwnSpan, SPAN_INPUT, toggled } from './filters';

interface CategoryChoiceProps {
  chosen: readonly string[];
  onChange: (categories: string[] | undefined) => void;
}

/** The categories of the products at hand; any other can be typed. */
export function CategoryChoice({ chosen, onChange }: CategoryChoiceProps) {
  const { t } = useTranslation();
  const known = useQuery(knownCategories).data ?? [];
  const [typed, setTyped] = useState('');
  const options = [...new Set([...chosen, ...known])].map((value) => ({ value, label: value }));
  const add = (event: FormEvent) => {
    event.preventDefault();
    const category = typed.trim();
    if (category && !chosen.includes(category)) onChange([...chosen, category]);
    setTyped('');
  };
  return (
    <>
      <Choices options={options} chosen={chosen} onToggle={(value) => onChange(toggled(chosen, value))} />
      <OwnSpan>
        <form onSubmit={add}>
          <input
            aria-label={t('filter.other_category')}
            placeholder={t('filter.other_category')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className={SPAN_INPUT}
          />
        </form>
      </OwnSpan>
    </>
  );
}
