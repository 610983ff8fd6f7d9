import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConnectionReport } from '../../bindings/ConnectionReport';
import { Icon } from '../../components/icon';
import { useFormat } from '../../format/use-format';

/** Clocks that differ by less than this are worth no words. */
const NOTABLE_SECONDS = 60;

export function useConnectionWords(): (report: ConnectionReport) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ milliseconds, clock_offset_seconds }) =>
    Math.abs(clock_offset_seconds) < NOTABLE_SECONDS
      ? t('wizard.connected', { milliseconds })
      : t('wizard.connected_clock', { milliseconds, span: format.span(clock_offset_seconds) });
}

export function ConnectionNote({ report }: { report: ConnectionReport }) {
  const words = useConnectionWords();
  return (
    <p role="status" data-testid="connected" className="flex items-center gap-2 font-medium text-success">
      <Icon of={CircleCheck} />
      {words(report)}
    </p>
  );
}
