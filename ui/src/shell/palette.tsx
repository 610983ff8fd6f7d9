//! Goes anywhere by a few letters: pages, shops, views, orders by their number, and what the shortcuts do.

import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useRouter } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/icon';
import { KeyCaps } from '../keyboard/key-caps';
import { type Command, type CommandGroup, useCommands } from './use-commands';

export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity duration-150 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label={t('shortcuts.palette')}
          data-testid="palette"
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[min(28rem,76vh)] w-[560px] max-w-[94vw] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-raised outline-none"
        >
          <Entries onClose={onClose} />
          <Dialog.Close className="sr-only">{t('action.close')}</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Entries({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const groups = useCommands(useDeferredValue(text));
  const { history } = useRouter();
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      value={text}
      onValueChange={setText}
      autoHighlight="always"
      keepHighlight
      itemToStringValue={(command: Command) => command.label}
    >
      <div className="flex items-center gap-2.5 border-b border-line px-3.5">
        <Icon of={Search} className="text-faint" />
        <Autocomplete.Input
          data-testid="palette-input"
          aria-label={t('shortcuts.palette')}
          placeholder={t('palette.placeholder')}
          spellCheck={false}
          className="h-11 w-full bg-transparent text-base outline-none"
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-1.5">
        <Autocomplete.Empty>
          {groups.length === 0 && (
            <p className="px-2.5 py-6 text-center text-muted">{t('palette.nothing', { text })}</p>
          )}
        </Autocomplete.Empty>
        <Autocomplete.List>
          {(group: CommandGroup) => (
            <Autocomplete.Group key={group.value} items={group.items}>
              <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-muted">
                {t(`palette.${group.value}`)}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(command: Command) => (
                  <Autocomplete.Item
                    key={command.id}
                    value={command}
                    data-testid="palette-entry"
                    onClick={() => {
                      onClose();
                      // Two steps in one turn become one: Back would open the palette again.
                      history.flush();
                      command.run();
                    }}
                    className="flex h-8 items-center gap-2.5 rounded-md px-2.5 select-none data-highlighted:bg-selected"
                  >
                    <Icon of={command.icon} className="text-muted" />
                    <span className="max-w-[65%] shrink-0 truncate">{command.label}</span>
                    <span className="min-w-0 flex-1 truncate text-right text-xs text-muted">
                      {command.note}
                    </span>
                    {command.shortcut && <KeyCaps group="window" name={command.shortcut} />}
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  );
}
