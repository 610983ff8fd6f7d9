import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/icon';

/** The permissions of a token, by the platform's own names. */
export function ScopeList({ scopes }: { scopes: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <ul
      aria-label={t('shop.all_permissions', { count: scopes.length })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      className="mt-1 grid max-h-40 gap-x-3 gap-y-0.5 overflow-y-auto rounded-sm"
    >
      {[...scopes].sort().map((scope) => (
        <li key={scope} className="flex min-w-0 items-start gap-1.5 font-mono text-xs">
          <Icon of={Check} className="mt-0.5 size-3 text-success" />
          <span className="break-all select-text">{scope}</span>
        </li>
      ))}
    </ul>
  );
}
