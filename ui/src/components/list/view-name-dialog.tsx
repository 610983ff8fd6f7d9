import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../button';
import { Dialog } from '../dialog';
import { TextField } from '../field';

interface ViewNameDialogProps {
  title: string;
  name: string;
  onName: (name: string) => void;
  onClose: () => void;
}

export function ViewNameDialog({ title, name, onName, onClose }: ViewNameDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(name);
  const typed = text.trim();
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed) onName(typed);
        }}
      >
        <TextField
          label={t('shop.name')}
          hint={t('views.save_hint')}
          data-testid="view-name"
          maxLength={40}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="primary" data-testid="view-save" disabled={!typed}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
