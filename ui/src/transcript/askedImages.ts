import type { RemoteImageView } from '../ipc/generated/contract';

/** Most that are kept; the oldest go first. */
const MOST = 60;

/** How an image that was asked for stands. */
export type AskedImage = RemoteImageView | { type: 'coming' } | { type: 'failed' };

const images = new Map<string, AskedImage>();

/**
 * The images that the person asked for since the window opened, by address. An answer that is drawn
 * anew, scrolled back to or settled at its end shows them again by itself.
 */
export const askedImages = {
  get: (url: string): AskedImage | null => images.get(url) ?? null,

  set(url: string, image: AskedImage): void {
    images.delete(url);
    images.set(url, image);
    const [oldest] = images.keys();
    if (images.size > MOST && oldest !== undefined) images.delete(oldest);
  },

  /** As if nothing had been asked for. */
  clear(): void {
    images.clear();
  },
};
