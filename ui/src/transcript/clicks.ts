import type { DrawingView, RemoteImageView } from '../ipc/generated/contract';
import { toggleDiagram } from './diagrams';
import { toggleWrap } from './dress';
import { showRemoteImage } from './remoteImages';

/** A link in an answer that was clicked, and where on screen. */
export interface LinkTarget {
  url: string;
  /** In CSS pixels of the window. */
  rect: DOMRect;
  element: HTMLElement;
}

interface Deeds {
  copy: (text: string) => Promise<void>;
  /** What a copy button says for a moment. */
  copied: string;
  showLink: (target: LinkTarget) => void;
  drawDiagram: (source: string) => Promise<DrawingView>;
  getImage: (url: string) => Promise<RemoteImageView>;
  fault: (thrown: unknown) => void;
}

/** How long a copy button says that it has copied, in milliseconds. */
const SAY_COPIED = 1500;

/**
 * One listener for everything clickable inside answers, whose HTML carries no handlers. No link is
 * ever followed by the window itself.
 */
export function followClicks(deeds: Deeds): (root: HTMLElement) => () => void {
  return (root) => {
    const onclick = (event: MouseEvent): void => {
      const target = event.target;
      if (!(target instanceof Element)) return;
      const button = target.closest<HTMLElement>('.code-copy');
      const link = target.closest<HTMLElement>('a[href], .remote-image[data-src]');
      const wrap = target.closest('.code-wrap');
      const draw = target.closest('.code-draw');
      const image = target.closest('.remote-image-show');
      if (button) copyCode(button, deeds);
      else if (draw) void toggleDiagram(draw, deeds.drawDiagram, deeds.fault);
      else if (image) void showRemoteImage(image, deeds.getImage, deeds.fault);
      else if (wrap) toggleWrap(wrap);
      else if (link) {
        event.preventDefault();
        if (event.type === 'click') showLink(link, deeds);
      }
    };
    root.addEventListener('click', onclick);
    root.addEventListener('auxclick', onclick);
    return () => {
      root.removeEventListener('click', onclick);
      root.removeEventListener('auxclick', onclick);
    };
  };
}

function copyCode(button: HTMLElement, { copy, copied, fault }: Deeds): void {
  const code = button.closest('.code')?.querySelector('code')?.textContent ?? '';
  copy(code.replace(/\n$/, '')).then(() => {
    const before = button.textContent;
    if (before === copied) return;
    button.textContent = copied;
    setTimeout(() => {
      button.textContent = before;
    }, SAY_COPIED);
  }, fault);
}

function showLink(element: HTMLElement, { showLink: show }: Deeds): void {
  const url = element.getAttribute('href') ?? element.dataset['src'] ?? '';
  show({ url, rect: element.getBoundingClientRect(), element });
}
