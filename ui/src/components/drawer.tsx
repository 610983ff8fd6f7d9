import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button';
import { Icon } from './icon';

/** A dialog at the window's right edge; open for as long as it is rendered. */
export function Drawer({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const closing = useRef<HTMLButtonElement>(null);
  return (
    <Base.Root open onOpenChange={(open) => open || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity duration-150 data-starting-style:opacity-0" />
        <Base.Popup
          // What is inside comes and goes; the way out does not.
          initialFocus={closing}
          className="fixed inset-y-0 right-0 z-50 flex w-[420px] max-w-[94vw] flex-col overflow-y-auto border-l border-line bg-raised shadow-raised outline-none"
        >
          <Base.Title className="pt-3.5 pr-12 pb-2.5 pl-4 text-lg font-semibold">{title}</Base.Title>
          {children}
          <Base.Close
            ref={closing}
            render={<IconButton label={t('action.close')} className="absolute top-3 right-3" />}
          >
            <Icon of={X} />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
