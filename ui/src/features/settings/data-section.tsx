//! What is stored here: where, how much, and the copies of it.

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackUp, useOpenDataFolder } from '../../api/mutations';
import { appInfo, dataOnDisk } from '../../api/queries';
import type { DataOnDisk } from '../../bindings/DataOnDisk';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { ErrorBox } from '../../components/error-box';
import { useToast } from '../../components/toast';
import { useFormat } from '../../format/use-format';
import { toFailure } from '../../ipc/errors';
import { useOpen } from '../../shell/open-dialog';
import { Section } from './section';

export function DataSection() {
  const { t } = useTranslation();
  const format = useFormat();
  const toast = useToast();
  const open = useOpen();
  const data = useQuery(dataOnDisk);
  const profile = useQuery(appInfo).data?.profile ?? '';
  const openFolder = useOpenDataFolder();
  const backUp = useBackUp();
  return (
    <Section title={t('data.title')}>
      {data.error && <ErrorBox failure={toFailure(data.error)} on={{ retry: () => void data.refetch() }} />}
      <Line
        label={t('data.folder')}
        note={
          <span className="flex min-w-0 items-center gap-1">
            <span className="truncate select-text" title={profile}>
              {profile}
            </span>
            <CopyButton text={profile} what={t('data.folder_path')} />
            {data.data && (
              <span className="shrink-0" data-testid="data-size">
                {format.bytes(data.data.bytes)}
              </span>
            )}
          </span>
        }
      >
        <Button
          data-testid="open-data-folder"
          onClick={() => openFolder.mutate(null, { onError: toast.failure })}
        >
          {t('data.open_folder')}
        </Button>
      </Line>
      <Line label={t('data.backups')} note={<BackupsNote data={data.data} />}>
        <Button
          data-testid="back-up"
          busy={backUp.isPending}
          onClick={() =>
            backUp.mutate(null, {
              onSuccess: () => toast.success(t('data.backed_up')),
              onError: toast.failure,
            })
          }
        >
          {backUp.isPending ? t('data.backing_up') : t('data.back_up')}
        </Button>
        <Button data-testid="open-restore" disabled={!data.data?.copies.length} onClick={open.restore}>
          {t('data.restore')}
        </Button>
      </Line>
      <Line label={t('diagnostics.title')} note={t('diagnostics.hint')}>
        <Button data-testid="open-diagnostics" onClick={open.diagnostics}>
          {t('diagnostics.open')}
        </Button>
      </Line>
    </Section>
  );
}

function Line({ label, note, children }: { label: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-6 py-2.5">
      <div className="flex min-w-0 flex-col gap-0.5">
        <span className="font-medium">{label}</span>
        <div className="text-muted">{note}</div>
      </div>
      <div className="flex shrink-0 gap-2">{children}</div>
    </div>
  );
}

/** Without data it takes as much room as with it. */
function BackupsNote({ data }: { data: DataOnDisk | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const newest = data?.copies.find(({ origin }) => origin === 'backup');
  return (
    <>
      <p data-testid="newest-backup" data-made-at={newest?.made_at}>
        {newest
          ? t('data.newest', { when: format.time(newest.made_at), size: format.bytes(newest.bytes) })
          : data
            ? t('data.no_backup')
            : '…'}
      </p>
      <p>{t('data.backups_hint')}</p>
    </>
  );
}
