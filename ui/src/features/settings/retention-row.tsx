//! For how long finished orders are kept: for ever, unless the seller says so and has seen how many go.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ordersBeyond } from '../../api/queries';
import type { SettingsState } from '../../bindings/SettingsState';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ErrorBox } from '../../components/error-box';
import { toFailure } from '../../ipc/errors';
import { NumberSetting } from './number-setting';
import { Row } from './section';
import { useChangeSettings } from './use-change-settings';

const USUAL_DAYS = 730;

export function RetentionRow({ state }: { state: SettingsState }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const days = state.settings.retention_days;
  return (
    <Row label={t('retention.label')} note={t('retention.hint')}>
      {(id) => (
        <>
          <Button id={id} data-testid="setting-retention" onClick={() => setOpen(true)}>
            {days ? t('retention.days', { count: days }) : t('retention.for_ever')}
          </Button>
          {isOpen && <RetentionDialog state={state} onClose={() => setOpen(false)} />}
        </>
      )}
    </Row>
  );
}

function RetentionDialog({ state, onClose }: { state: SettingsState; onClose: () => void }) {
  const { t } = useTranslation();
  const { settings, change } = useChangeSettings(state);
  const [days, setDays] = useState(settings.retention_days ?? USUAL_DAYS);
  const beyond = useQuery(ordersBeyond(days));
  const keep = (retention_days: number | undefined) => {
    change({ retention_days });
    onClose();
  };
  return (
    <Dialog
      title={t('retention.title')}
      onClose={onClose}
      footer={
        <>
          <Button data-testid="retention-for-ever" onClick={() => keep(undefined)}>
            {t('retention.keep_all')}
          </Button>
          <Button
            variant="danger"
            data-testid="retention-confirm"
            disabled={!beyond.isSuccess}
            onClick={() => keep(days)}
          >
            {t('retention.confirm')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <label htmlFor="retention-days" className="flex items-center gap-2">
          {t('retention.keep_for')}
          <NumberSetting
            id="retention-days"
            testId="retention-days"
            min={90}
            max={3650}
            disabled={false}
            value={days}
            onChange={setDays}
          />
          {t('settings.history_unit')}
        </label>
        {beyond.isSuccess && (
          <p role="status" data-testid="retention-count">
            {t('retention.goes', { count: beyond.data })}
          </p>
        )}
        {beyond.error && <ErrorBox failure={toFailure(beyond.error)} on={{ retry: beyond.refetch }} />}
        <p className="text-muted">{t('retention.open_stay')}</p>
      </div>
    </Dialog>
  );
}
