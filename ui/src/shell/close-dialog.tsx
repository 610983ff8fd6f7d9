import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswerClose } from '../api/mutations';
import type { OnClose } from '../bindings/OnClose';
import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { useToast } from '../components/toast';
import { onEvent } from '../ipc/events';

/** Asks what closing the window is to do, when the core wants to know. */
export function CloseDialog() {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    const listening = onEvent('close-asked', () => setAsked(true));
    return () => void listening.then((stop) => stop());
  }, []);
  return asked ? <Question onAnswered={() => setAsked(false)} /> : null;
}

function Question({ onAnswered }: { onAnswered: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [remember, setRemember] = useState(true);
  const answerClose = useAnswerClose();
  const give = (answer: OnClose) => {
    answerClose.mutate(
      { answer, remember: remember && answer !== 'ask' },
      { onError: toast.failure, onSettled: onAnswered },
    );
  };
  return (
    <Dialog
      title={t('closing.title')}
      onClose={() => give('ask')}
      footer={
        <>
          <Button data-testid="close-quit" onClick={() => give('quit')}>
            {t('closing.quit')}
          </Button>
          <Button variant="primary" data-testid="close-keep-syncing" onClick={() => give('keep_syncing')}>
            {t('closing.keep_syncing')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4" data-testid="close-question">
        <p className="text-muted">{t('closing.lead')}</p>
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            data-testid="close-remember"
            checked={remember}
            onChange={(event) => setRemember(event.target.checked)}
            className="check-box size-4 shrink-0"
          />
          {t('closing.remember')}
        </label>
      </div>
    </Dialog>
  );
}
