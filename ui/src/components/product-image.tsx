import { Image } from 'lucide-react';
import { useState } from 'react';
import { pictureAddress } from '../ipc/picture';

/** A product's picture through the core's cache; a glyph where there is none. */
export function ProductImage({ url, large = false }: { url: string | null; large?: boolean }) {
  const [failed, setFailed] = useState<string | null>(null);
  const size = large ? 'size-12' : 'size-7';
  if (!url || failed === url) {
    return (
      <span
        data-testid="no-picture"
        className={`${size} flex shrink-0 items-center justify-center rounded-sm bg-hover text-faint`}
      >
        <Image size={large ? 20 : 14} strokeWidth={1.5} aria-hidden />
      </span>
    );
  }
  return (
    // Only rows in sight are in the page, so it need not be lazy; a new address never shows the old picture.
    <img
      key={url}
      src={pictureAddress(url)}
      alt=""
      decoding="async"
      draggable={false}
      onError={() => setFailed(url)}
      className={`${size} shrink-0 rounded-sm bg-hover object-cover`}
    />
  );
}
