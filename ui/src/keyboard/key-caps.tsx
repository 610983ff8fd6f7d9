import { keyCaps, type ShortcutGroup, type ShortcutIn } from './shortcuts';

/** The keys of a shortcut, drawn as caps. */
export function KeyCaps<G extends ShortcutGroup>({ group, name }: { group: G; name: ShortcutIn<G> }) {
  return (
    <span className="flex shrink-0 gap-1">
      {keyCaps(group, name).map((cap) => (
        <kbd
          key={cap}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line bg-page px-1.5 font-sans text-xs text-muted"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
