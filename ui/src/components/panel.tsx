import { X } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button';
import { Icon } from './icon';
import { PanelEdge, usePanelWidth } from './panel-edge';

interface PanelProps {
  label: string;
  head: ReactNode;
  /** What matters most about it, below the head. */
  headline?: ReactNode;
  /** What else can be done with it, beside closing. */
  tools?: ReactNode;
  onClose: () => void;
  testId: string;
  children: ReactNode;
}

/** The side panel that shows one row of a list. */
export function Panel({ label, head, headline, tools, onClose, testId, children }: PanelProps) {
  const { t } = useTranslation();
  const panel = useRef<HTMLElement>(null);
  const width = usePanelWidth();
  useFocusBack(panel);
  return (
    <aside
      ref={panel}
      aria-label={label}
      data-testid={testId}
      style={{ width: width.shown }}
      className="relative flex max-w-[60%] shrink-0 flex-col border-l border-line bg-surface max-[860px]:absolute max-[860px]:inset-y-0 max-[860px]:right-0 max-[860px]:z-30 max-[860px]:max-w-full max-[860px]:shadow-raised"
    >
      <PanelEdge {...width} />
      <header className="border-b border-line py-2.5 pr-3 pl-4">
        <div className="flex items-start justify-between gap-2">
          <div className="min-w-0 flex-1">{head}</div>
          <div className="flex items-center gap-0.5">
            {tools}
            <IconButton label={t('action.close')} onClick={onClose}>
              <Icon of={X} />
            </IconButton>
          </div>
        </div>
        {headline}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  );
}

/** When the panel goes with the focus inside it, the list gets the focus back. */
function useFocusBack(panel: React.RefObject<HTMLElement | null>): void {
  // A layout effect ends while the panel is still there.
  useLayoutEffect(() => {
    const element = panel.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      document.querySelector<HTMLElement>('[role="treegrid"]')?.focus({ preventScroll: true });
    };
  }, [panel]);
}

interface PanelSectionProps {
  title: string;
  note?: string;
  children: ReactNode;
}

export function PanelSection({ title, note, children }: PanelSectionProps) {
  return (
    <section className="border-b border-line px-4 py-3 last:border-b-0">
      <h3 className="mb-2 flex items-baseline justify-between gap-2 font-semibold">
        {title}
        {note && <span className="text-xs font-normal text-muted">{note}</span>}
      </h3>
      {children}
    </section>
  );
}

/** Instead of a row that the database does not have. */
export function NotHere() {
  const { t } = useTranslation();
  return <p className="px-4 py-3 text-muted">{t('empty.not_here')}</p>;
}

/** Names and values beneath each other. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(72px,104px)_1fr] items-baseline gap-x-3 gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words select-text">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
