import { useEffect, useState } from 'react';

interface NumberSettingProps {
  id: string;
  testId: string;
  min: number;
  max: number;
  value: number;
  disabled: boolean;
  onChange: (value: number) => void;
}

/** A whole number; it takes effect when the field is left or Enter is pressed, brought into its bounds. */
export function NumberSetting({ id, testId, min, max, value, disabled, onChange }: NumberSettingProps) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);

  const commit = () => {
    const typed = Number.parseInt(text, 10);
    const wanted = Number.isNaN(typed) ? value : Math.max(min, Math.min(max, typed));
    setText(String(wanted));
    if (wanted !== value) onChange(wanted);
  };

  return (
    <input
      id={id}
      type="number"
      data-testid={testId}
      min={min}
      max={max}
      step={1}
      disabled={disabled}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
      className="h-8 w-20 rounded-md border border-line-strong bg-surface px-2.5 text-right transition-calm hover:border-faint disabled:bg-page disabled:text-faint"
    />
  );
}
