//! Puts a copy of the database in its place.

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRestoreCopy } from '../../api/mutations';
import { dataOnDisk } from '../../api/queries';
import type { CopyOnDisk } from '../../bindings/CopyOnDisk';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ErrorBox } from '../../components/error-box';
import { useFormat } from '../../format/use-format';
import { toFailure } from '../../ipc/errors';
import { loadAnew } from '../../ipc/load-anew';

/** Says what happens before it does. Everything in the window is read anew afterwards. */
export function RestoreDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const data = useQuery(dataOnDisk);
  const [chosen, setChosen] = useState<string>();
  const restore = useRestoreCopy();
  const isRestored = useRef(false);
  // The dialog is part of the address: only once it has left is the page loaded anew, or it would open again.
  useEffect(
    () => () => {
      if (isRestored.current) loadAnew();
    },
    [],
  );

  const copies = data.data?.copies ?? [];
  const name = (copies.find((copy) => copy.name === chosen) ?? copies[0])?.name;
  const failure = restore.error ?? data.error;
  const run = () => {
    if (name === undefined) return;
    restore.mutate(
      { name },
      {
        onSuccess: () => {
          isRestored.current = true;
          onClose();
        },
        // A copy may be gone by now.
        onError: () => void data.refetch(),
      },
    );
  };
  return (
    <Dialog
      title={t('restore.title')}
      onClose={restore.isPending ? () => {} : onClose}
      wide
      footer={
        <>
          <Button disabled={restore.isPending} onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            variant="primary"
            data-testid="restore-confirm"
            disabled={name === undefined}
            busy={restore.isPending}
            onClick={run}
          >
            {restore.isPending ? t('restore.running') : t('restore.confirm')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <ul className="flex list-disc flex-col gap-1 pl-5 text-muted">
          <li>{t('restore.replaces')}</li>
          <li>{t('restore.stops')}</li>
          <li>{t('restore.fetches')}</li>
        </ul>
        {data.data && copies.length === 0 && <p data-testid="no-copies">{t('restore.none')}</p>}
        {copies.length > 0 && (
          <fieldset className="flex flex-col divide-y divide-line rounded-md border border-line">
            <legend className="sr-only">{t('restore.copies')}</legend>
            {copies.map((copy) => (
              <CopyChoice
                key={copy.name}
                copy={copy}
                checked={copy.name === name}
                disabled={restore.isPending}
                onChoose={() => setChosen(copy.name)}
              />
            ))}
          </fieldset>
        )}
        {failure && (
          <ErrorBox
            failure={toFailure(failure)}
            on={restore.error ? { retry: run } : { retry: () => void data.refetch() }}
          />
        )}
      </div>
    </Dialog>
  );
}

interface CopyChoiceProps {
  copy: CopyOnDisk;
  checked: boolean;
  disabled: boolean;
  onChoose: () => void;
}

function CopyChoice({ copy, checked, disabled, onChoose }: CopyChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <label
      className="flex items-center gap-3 px-3 py-2 hover:bg-hover"
      data-testid="copy"
      data-name={copy.name}
    >
      <input
        type="radio"
        name="copy"
        checked={checked}
        disabled={disabled}
        onChange={onChoose}
        className="size-4 accent-accent"
      />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="font-medium">{format.exactTime(copy.made_at)}</span>
        <span className="text-muted">{t(`restore.origin.${copy.origin}`)}</span>
      </span>
      <span className="text-muted tabular-nums">{format.bytes(copy.bytes)}</span>
    </label>
  );
}
