import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button';
import { Icon } from './icon';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the foot, the main one last. */
  footer?: ReactNode;
  wide?: boolean;
}

/** A dialog that is open for as long as it is rendered. */
export function Dialog({ title, onClose, children, footer, wide = false }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Base.Root open onOpenChange={(open) => open || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity duration-150 data-starting-style:opacity-0" />
        <Base.Popup
          className={`fixed top-1/2 left-1/2 z-50 flex max-h-[90vh] max-w-[94vw] -translate-x-1/2 -translate-y-1/2 flex-col rounded-lg border border-line bg-raised shadow-raised transition-opacity duration-150 outline-none data-starting-style:opacity-0 ${wide ? 'w-[600px]' : 'w-[440px]'}`}
        >
          <Base.Title className="truncate pt-4 pr-12 pb-3 pl-5 text-lg font-semibold">{title}</Base.Title>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          )}
          {/* Last, so that the first field gets the focus. */}
          <Base.Close render={<IconButton label={t('action.close')} className="absolute top-3.5 right-3" />}>
            <Icon of={X} />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
