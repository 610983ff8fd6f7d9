import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { appInfo } from '../../api/queries';
import { Button } from '../../components/button';
import { useOpen } from '../../shell/open-dialog';
import { Section } from './section';

export function AboutSection() {
  const { t } = useTranslation();
  const open = useOpen();
  const info = useQuery(appInfo).data;
  if (!info) return null;
  return (
    <Section title={t('settings.about')}>
      <div className="flex items-center justify-between gap-6 py-2.5">
        <span className="font-medium">{t('settings.version')}</span>
        <span className="text-muted select-text">{info.version}</span>
      </div>
      <div className="flex items-center justify-between gap-6 py-2.5">
        <div className="flex flex-col gap-0.5">
          <span className="font-medium">{t('licences.title')}</span>
          <span className="text-muted">{t('licences.hint')}</span>
        </div>
        <Button data-testid="open-licences" onClick={open.licences}>
          {t('licences.open')}
        </Button>
      </div>
    </Section>
  );
}
