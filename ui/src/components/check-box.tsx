interface CheckBoxProps {
  label: string;
  checked: boolean;
  /** Some of what it stands for is checked. */
  mixed?: boolean;
  /** In a grid it is out of the tab order: Space does the same there. */
  inGrid?: boolean;
  onChange: () => void;
}

/** A small box to check; its label is read aloud and shown on hover. */
export function CheckBox({ label, checked, mixed = false, inGrid = false, onChange }: CheckBoxProps) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      title={label}
      tabIndex={inGrid ? -1 : 0}
      checked={checked}
      ref={(box) => {
        if (box) box.indeterminate = mixed;
      }}
      onClick={(event) => event.stopPropagation()}
      onChange={onChange}
      className="check-box size-4 shrink-0 cursor-pointer"
    />
  );
}
