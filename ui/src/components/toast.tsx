//! Short news at the edge of the window: what was done, or why it was not.

import { Toast as Base } from '@base-ui/react/toast';
import { CircleCheck, CircleX, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toFailure } from '../ipc/errors';
import { buttonClass, IconButton } from './button';
import { Icon } from './icon';

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider limit={3} timeout={5000}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-11 z-[60] flex w-[360px] max-w-[90vw] flex-col gap-2">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function ToastList() {
  const { t } = useTranslation();
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className="flex items-start gap-2.5 rounded-lg border border-line bg-raised py-2.5 pr-2 pl-3 shadow-raised transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <Icon
        of={toast.type === 'failure' ? CircleX : CircleCheck}
        className={`mt-1 ${toast.type === 'failure' ? 'text-danger' : 'text-success'}`}
      />
      <Base.Content className="min-w-0 flex-1 py-1">
        <Base.Title className="font-medium break-words" />
        <Base.Description className="text-muted break-words" />
        {toast.actionProps && <Base.Action className={`${buttonClass('secondary', 'small')} mt-1.5`} />}
      </Base.Content>
      <Base.Close render={<IconButton label={t('action.close')} />}>
        <Icon of={X} />
      </Base.Close>
    </Base.Root>
  ));
}

const UNDO_MILLISECONDS = 10_000;

export function useToast() {
  const { t } = useTranslation();
  const { add, close } = Base.useToastManager();
  /** Says what was done, and takes it back on request. */
  const undo = (title: string, onUndo: () => void): string => {
    const id = add({
      title,
      type: 'success',
      timeout: UNDO_MILLISECONDS,
      actionProps: {
        children: t('action.undo'),
        onClick: () => {
          onUndo();
          close(id);
        },
      },
    });
    return id;
  };
  return {
    success: (title: string, description?: string) => void add({ title, description, type: 'success' }),
    undo: (title: string, onUndo: () => void) => void undo(title, onUndo),
    /** The same where it is too late after ten seconds, also for who rests on the message. */
    undoSoon: (title: string, onUndo: () => void) => {
      const id = undo(title, onUndo);
      setTimeout(() => close(id), UNDO_MILLISECONDS);
    },
    /** Says what was done, and what can be done with it. */
    offer: (title: string, description: string, action: { label: string; run: () => void }) =>
      void add({
        title,
        description,
        type: 'success',
        timeout: 10_000,
        actionProps: { children: action.label, onClick: action.run },
      }),
    /** Says what was not done. */
    refusal: (title: string) => void add({ title, type: 'failure', timeout: 10_000 }),
    failure: (error: unknown) => {
      const { code } = toFailure(error);
      void add({
        title: t(`error.${code}.title`),
        description: t(`error.${code}.cure`),
        type: 'failure',
        timeout: 10_000,
      });
    },
  };
}
