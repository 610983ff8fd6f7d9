import { Switch as Base } from '@base-ui/react/switch';

interface SwitchProps {
  id?: string;
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
  testId?: string;
}

export function Switch({ id, label, checked, disabled = false, onChange, testId }: SwitchProps) {
  return (
    <Base.Root
      id={id}
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      data-testid={testId}
      className="inline-flex h-5 w-9 shrink-0 rounded-full bg-line-strong p-0.5 transition-calm data-checked:bg-accent data-disabled:opacity-50"
    >
      <Base.Thumb className="size-4 rounded-full bg-surface transition-calm data-checked:translate-x-4" />
    </Base.Root>
  );
}
