import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { appInfo } from '../../api/queries';
import { CopyButton } from '../../components/copy-button';
import { Section } from './section';

export function AboutSection() {
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
