import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '../../keyboard/composing';
import { IconButton } from '../button';
import { Icon } from '../icon';
import { useToast } from '../toast';
import { MOST_NUMBERS, orderNumbersIn } from './order-numbers';

const TYPING_MILLISECONDS = 200;

/** The core looks for no more at once. */
const MOST_WORDS = 100;

interface SearchBoxProps {
  value: string;
  placeholder: string;
  onChange: (text: string) => void;
  /** Many numbers that are searched for at once. */
  numbers: string[] | undefined;
  /** Told of numbers that were pasted; absent where a list has none. */
  onNumbers: ((numbers: string[] | undefined) => void) | undefined;
}

/** The search box; `/` brings the cursor here, Esc empties it. */
export function SearchBox({ value, placeholder, onChange, numbers, onNumbers }: SearchBoxProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const [text, setText] = useState(value);
  const told = useRef(value);
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The address follows the box; only what comes from elsewhere is taken over, else typing would be undone.
  useEffect(() => {
    if (value !== told.current) setText(value);
    told.current = value;
  }, [value]);
  useEffect(() => () => clearTimeout(typing.current), []);

  const change = (next: string, wait: number) => {
    setText(next);
    clearTimeout(typing.current);
    typing.current = setTimeout(() => {
      const wanted = next.trim();
      if (new Set(wanted.split(/\s+/)).size > MOST_WORDS) {
        toast.refusal(t('filter.too_many_words', { most: MOST_WORDS }));
        return;
      }
      told.current = wanted;
      onChange(wanted);
    }, wait);
  };

  return (
    <>
      <div className="relative max-w-60 min-w-32 flex-1 basis-32">
        <Icon of={Search} className="pointer-events-none absolute top-1.5 left-2 text-faint" />
        <input
          data-testid="search"
          data-search-box
          aria-label={t('filter.search')}
          placeholder={placeholder}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            // What is half written, as Chinese is, is not looked for.
            if ((event.nativeEvent as InputEvent).isComposing) setText(event.target.value);
            else change(event.target.value, TYPING_MILLISECONDS);
          }}
          onCompositionEnd={(event) => change(event.currentTarget.value, TYPING_MILLISECONDS)}
          onPaste={(event) => {
            const pasted = onNumbers && orderNumbersIn(event.clipboardData.getData('text'));
            if (!pasted) return;
            event.preventDefault();
            change('', 0);
            const wanted = [...new Set([...(numbers ?? []), ...pasted])];
            onNumbers(wanted.slice(0, MOST_NUMBERS));
            const left = wanted.length - MOST_NUMBERS;
            if (left > 0) toast.refusal(t('filter.numbers_left', { count: left, most: MOST_NUMBERS }));
          }}
          onKeyDown={(event) => {
            if (isComposing(event.nativeEvent)) return;
            if (event.key === 'Enter') change(text, 0);
            if (event.key === 'Escape' && text) {
              event.stopPropagation();
              change('', 0);
            }
          }}
          className="h-7 w-full rounded-md border border-line-strong bg-surface pr-7 pl-7.5 text-ellipsis transition-calm hover:border-faint"
        />
        {text && (
          <IconButton
            small
            label={t('filter.clear_search')}
            className="absolute top-0.5 right-0.5"
            onClick={() => change('', 0)}
          >
            <Icon of={X} className="size-3.5" />
          </IconButton>
        )}
      </div>
      {numbers && (
        <span
          data-testid="numbers"
          title={numbers.slice(0, 20).join('\n')}
          className="inline-flex h-7 items-center gap-0.5 rounded-md border border-accent bg-accent-soft pl-2.5 font-medium whitespace-nowrap text-accent"
        >
          {t('filter.numbers', { count: numbers.length })}
          <IconButton
            small
            label={t('filter.remove', { filter: t('filter.numbers', { count: numbers.length }) })}
            className="text-accent"
            onClick={() => onNumbers?.(undefined)}
          >
            <Icon of={X} className="size-3.5" />
          </IconButton>
        </span>
      )}
    </>
  );
}
