import type { RemoteImageView } from '../ipc/generated/contract';
import { t } from '../text/locale.svelte';
import { readAddress } from './address';
import { askedImages, type AskedImage } from './askedImages';

const IMAGE = '.remote-image[data-src]';

/** Says of each image whose it is and offers to fetch it; shows those that were asked for. */
export function dressRemoteImages(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>(IMAGE)) show(place);
}

/** Fetches the image that a button stands for. */
export async function showRemoteImage(
  button: Element,
  get: (url: string) => Promise<RemoteImageView>,
  fault: (thrown: unknown) => void,
): Promise<void> {
  const place = button.closest<HTMLElement>(IMAGE);
  const url = place?.dataset['src'] ?? '';
  if (!place || askedImages.get(url)?.type === 'coming') return;
  set(place, url, { type: 'coming' });
  try {
    set(place, url, await get(url));
  } catch (thrown) {
    set(place, url, { type: 'failed' });
    fault(thrown);
  }
}

function set(place: HTMLElement, url: string, image: AskedImage): void {
  askedImages.set(url, image);
  const places = new Set([place, ...document.querySelectorAll<HTMLElement>(IMAGE)]);
  for (const other of places) if (other.dataset['src'] === url) show(other);
}

function show(place: HTMLElement): void {
  const url = place.dataset['src'] ?? '';
  const image = askedImages.get(url);
  const address = place.querySelector('.remote-image-address');
  if (address) {
    address.textContent = readAddress(url)?.host ?? url;
    address.setAttribute('title', url);
  }
  place.querySelector('.remote-image-shown, .remote-image-fault')?.remove();
  place.classList.toggle('shown', image?.type === 'shown');
  const button = showButton(place);
  button.hidden = image?.type === 'shown';
  button.disabled = image?.type === 'coming';
  button.textContent = image?.type === 'coming' ? t.remoteImage.coming : t.remoteImage.show;
  if (image?.type === 'shown') place.prepend(picture(place, image));
  if (image?.type === 'refused') place.append(refusal(t.remoteImage.refused[image.why]));
}

function showButton(place: HTMLElement): HTMLButtonElement {
  const there = place.querySelector<HTMLButtonElement>('.remote-image-show');
  if (there) return there;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'remote-image-show';
  place.append(button);
  return button;
}

function picture(
  place: HTMLElement,
  { dataUrl, width, height }: Extract<RemoteImageView, { type: 'shown' }>,
): HTMLImageElement {
  const picture = document.createElement('img');
  picture.className = 'remote-image-shown';
  picture.alt = place.querySelector('.remote-image-alt')?.textContent ?? '';
  picture.width = width;
  picture.height = height;
  picture.src = dataUrl;
  return picture;
}

function refusal(words: string): HTMLElement {
  const fault = document.createElement('span');
  fault.className = 'remote-image-fault';
  fault.setAttribute('role', 'status');
  fault.textContent = words;
  return fault;
}
