import type { RemoteImageView } from '../../ipc/generated/contract';
import { FakePresets } from './presets';

/** A meadow, as small as an image can be described. */
const PICTURE =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="480" height="200"%3E%3Crect width="480" height="200" fill="%23bcd9ea"/%3E%3Ccircle cx="380" cy="56" r="26" fill="%23f2c968"/%3E%3Cpath d="M0 150q120-60 240-20t240-30v100H0z" fill="%237fae6f"/%3E%3C/svg%3E';

/** Images from elsewhere, of the fake host. */
export class FakeImages extends FakePresets {
  async remoteImageGet(url: string): Promise<RemoteImageView> {
    return this.host.answer<RemoteImageView>(
      `remoteImageGet ${url}`,
      url.includes('gone')
        ? { type: 'refused', why: 'unreachable' }
        : { type: 'shown', dataUrl: PICTURE, width: 480, height: 200 },
    );
  }
}
