import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveSettings } from '../../api/mutations';
import { appInfo, settings as settingsQuery, shops, vaultStatus } from '../../api/queries';
import type { Settings } from '../../bindings/Settings';
import type { SettingsState } from '../../bindings/SettingsState';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { ErrorBox } from '../../components/error-box';
import { Choice } from '../../components/field';
import { PageHeader } from '../../components/page-header';
import { Switch } from '../../components/switch';
import { useToast } from '../../components/toast';
import { toFailure } from '../../ipc/errors';
import { type Preferences, setPreference, usePreference } from '../../preferences/preferences';
import { useOpen } from '../../shell/open-dialog';
import { NumberSetting } from './number-setting';

export function SettingsPage() {
  const { t } = useTranslation();
  const state = useQuery(settingsQuery);
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <PageHeader title={t('settings.title')} />
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-line">
        <div className="mx-auto flex max-w-[680px] flex-col gap-7 px-6 pt-6 pb-10">
          {state.error && (
            <ErrorBox failure={toFailure(state.error)} on={{ retry: () => void state.refetch() }} />
          )}
          {state.data && <SettingsForm state={state.data} />}
          <Secrets />
          <About />
        </div>
      </div>
    </div>
  );
}

function SettingsForm({ state }: { state: SettingsState }) {
  const { t } = useTranslation();
  const toast = useToast();
  const save = useSaveSettings();
  const { settings } = state;
  const change = (next: Partial<Settings>) =>
    save.mutate({ settings: { ...settings, ...next } }, { onError: toast.failure });
  const fixed = (field: keyof Settings) => state.set_by_environment.includes(field);
  const note = (field: keyof Settings, hint: string) => (fixed(field) ? t('settings.by_environment') : hint);

  return (
    <>
      <Section title={t('settings.appearance')}>
        <Row label={t('settings.language')} note={note('language', '')}>
          {(id) => (
            <Choice
              id={id}
              data-testid="setting-language"
              disabled={fixed('language')}
              value={settings.language}
              onChange={(event) => change({ language: event.target.value as Settings['language'] })}
            >
              <option value="system">{t('settings.language_system')}</option>
              <option value="en">English</option>
              <option value="zh-CN">简体中文</option>
            </Choice>
          )}
        </Row>
        <Row label={t('settings.theme')} note={note('theme', '')}>
          {(id) => (
            <Choice
              id={id}
              data-testid="setting-theme"
              disabled={fixed('theme')}
              value={settings.theme}
              onChange={(event) => change({ theme: event.target.value as Settings['theme'] })}
            >
              <option value="system">{t('settings.theme_system')}</option>
              <option value="light">{t('settings.theme_light')}</option>
              <option value="dark">{t('settings.theme_dark')}</option>
            </Choice>
          )}
        </Row>
        <DensityRow />
      </Section>
      <Section title={t('settings.syncing')}>
        <Row label={t('settings.auto_sync')} note={note('auto_sync', t('settings.auto_sync_hint'))}>
          {(id) => (
            <Switch
              id={id}
              label={t('settings.auto_sync')}
              testId="setting-auto-sync"
              disabled={fixed('auto_sync')}
              checked={settings.auto_sync}
              onChange={(auto_sync) => change({ auto_sync })}
            />
          )}
        </Row>
        <Row
          label={t('settings.interval')}
          note={note('sync_interval_minutes', t('settings.interval_hint'))}
          unit={t('settings.interval_unit')}
        >
          {(id) => (
            <NumberSetting
              id={id}
              testId="setting-interval"
              min={1}
              max={1440}
              disabled={fixed('sync_interval_minutes') || !settings.auto_sync}
              value={settings.sync_interval_minutes}
              onChange={(sync_interval_minutes) => change({ sync_interval_minutes })}
            />
          )}
        </Row>
        <Row label={t('settings.rate')} note={note('requests_per_second', t('settings.rate_hint'))}>
          {(id) => (
            <NumberSetting
              id={id}
              testId="setting-rate"
              min={1}
              max={200}
              disabled={fixed('requests_per_second')}
              value={settings.requests_per_second}
              onChange={(requests_per_second) => change({ requests_per_second })}
            />
          )}
        </Row>
        <Row
          label={t('settings.history')}
          note={note('history_days', t('settings.history_hint'))}
          unit={t('settings.history_unit')}
        >
          {(id) => (
            <NumberSetting
              id={id}
              testId="setting-history"
              min={30}
              max={3650}
              disabled={fixed('history_days')}
              value={settings.history_days}
              onChange={(history_days) => change({ history_days })}
            />
          )}
        </Row>
      </Section>
    </>
  );
}

/** How close rows stand; this window's own, so nothing else waits for it. */
function DensityRow() {
  const { t } = useTranslation();
  const density = usePreference('density');
  return (
    <Row label={t('settings.density')} note="">
      {(id) => (
        <Choice
          id={id}
          data-testid="setting-density"
          value={density}
          onChange={(event) => setPreference('density', event.target.value as Preferences['density'])}
        >
          <option value="comfortable">{t('settings.density_comfortable')}</option>
          <option value="compact">{t('settings.density_compact')}</option>
        </Choice>
      )}
    </Row>
  );
}

function Secrets() {
  const { t } = useTranslation();
  const open = useOpen();
  const vault = useQuery(vaultStatus).data;
  const cards = useQuery(shops).data;
  if (!vault) return null;
  const locked = vault.readiness === 'locked';
  const fixed = cards === undefined || cards.length > 0;
  return (
    <Section title={t('settings.secrets')}>
      <div className="flex items-center justify-between gap-6 py-2.5">
        <div className="flex flex-col gap-0.5">
          <span className="font-medium">{t('settings.vault')}</span>
          <span className="text-muted" data-testid="vault-kind" data-kind={vault.kind}>
            {t(`vault.${vault.kind}`)} · {t(`vault.${vault.readiness}`)}
          </span>
          {fixed && <span className="text-muted">{t('settings.vault_fixed')}</span>}
        </div>
        {locked ? (
          <Button onClick={open.vault}>{t('action.unlock_vault')}</Button>
        ) : (
          <Button disabled={fixed} data-testid="change-vault" onClick={open.vault}>
            {t('settings.change')}
          </Button>
        )}
      </div>
    </Section>
  );
}

function About() {
  const { t } = useTranslation();
  const info = useQuery(appInfo).data;
  if (!info) return null;
  return (
    <Section title={t('settings.about')}>
      <div className="flex items-center justify-between gap-6 py-2.5">
        <span className="font-medium">{t('settings.profile')}</span>
        <span className="flex min-w-0 items-center gap-1 text-muted">
          <span className="truncate select-text" title={info.profile}>
            {info.profile}
          </span>
          <CopyButton text={info.profile} what={t('settings.profile_path')} />
        </span>
      </div>
      <div className="flex items-center justify-between gap-6 py-2.5">
        <span className="font-medium">{t('settings.version')}</span>
        <span className="text-muted select-text">{info.version}</span>
      </div>
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1">
      <h2 className="text-xs font-semibold text-muted">{title}</h2>
      <div className="flex flex-col divide-y divide-line border-y border-line">{children}</div>
    </section>
  );
}

interface RowProps {
  label: string;
  note: string;
  unit?: string;
  /** The control; the id ties it to its label. */
  children: (id: string) => ReactNode;
}

function Row({ label, note, unit, children }: RowProps) {
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-6 py-2.5">
      <div className="flex flex-col gap-0.5">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {note && <span className="text-muted">{note}</span>}
      </div>
      <div className="flex w-44 shrink-0 items-center justify-end gap-2">
        {children(id)}
        {unit && <span className="text-muted">{unit}</span>}
      </div>
    </div>
  );
}
