import { useTranslation } from 'react-i18next';

/** Which of the two steps the wizard is at. */
export function WizardSteps({ current }: { current: 'app' | 'how' }) {
  const { t } = useTranslation();
  return (
    <ol className="mb-4 flex gap-4 text-xs">
      {(['app', 'how'] as const).map((step, index) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          className="flex flex-1 items-center gap-2 border-t-2 border-line pt-2 text-muted aria-[current=step]:border-accent aria-[current=step]:font-medium aria-[current=step]:text-accent"
        >
          {index + 1}. {t(`wizard.step_${step}`)}
        </li>
      ))}
    </ol>
  );
}
