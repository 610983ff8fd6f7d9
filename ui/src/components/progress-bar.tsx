/** How much of a known whole is done; `null` while the whole is not known. */
export function ProgressBar({ share, label }: { share: number | null; label: string }) {
  return (
    <progress
      aria-label={label}
      value={share ?? undefined}
      max={1}
      className="progress-bar h-1 w-full overflow-hidden rounded-full"
    />
  );
}
