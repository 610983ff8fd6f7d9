import { CopyButton } from './copy-button';

interface LineIdProps {
  /** What kind of id it is: own code, SKU. */
  name: string;
  id: string;
}

/** An id on a line of the grid, with its kind in front. */
export function LineId({ name, id }: LineIdProps) {
  return (
    <span className="flex min-w-0 items-center gap-1.5 whitespace-nowrap">
      <span className="shrink-0 text-xs text-faint">{name}</span>
      <span className="truncate text-muted select-text" title={id}>
        {id}
      </span>
      <CopyButton text={id} what={name} inGrid />
    </span>
  );
}
