import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reconcileBlocks } from './applyPatch';
import { followClicks } from './clicks';

const deeds = {
  copy: vi.fn(),
  copied: 'Copied',
  drawDiagram: vi.fn(),
  getImage: vi.fn(),
  showLink: vi.fn(),
  fault: vi.fn(),
};
let root: HTMLElement;
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  deeds.copy.mockResolvedValue(undefined);
  root = document.createElement('div');
  const template = document.createElement('template');
  root.append(template.content);
  end = followClicks(deeds)(root);
  document.body.append(root);
});

afterEach(() => {
  end();
  root.remove();
  vi.useRealTimers();
});

function add(tag: string, attributes: Record<string, string>, text = ''): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  root.append(element);
  return element;
}

describe('clicks in an answer', () => {
  it('a copy button copies its code without the last line feed, and says so for a moment', async () => {
    const block = add('div', { class: 'code' });
    const button = document.createElement('button');
    button.className = 'code-copy';
    button.textContent = 'Copy';
    const code = document.createElement('code');
    code.textContent = 'let a = 1;\nlet b = 2;\n';
    block.append(button, code);
    button.click();
    await vi.advanceTimersByTimeAsync(0);
    expect(deeds.copy).toHaveBeenCalledWith('let a = 1;\nlet b = 2;');
    expect(button.textContent).toBe('Copied');
    button.click();
    await vi.advanceTimersByTimeAsync(1600);
    expect(button.textContent).toBe('Copy');
  });

  it('a link is shown, never followed', () => {
    const link = add('a', { href: 'https://example.org/a?b' }, 'innocent');
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    link.dispatchEvent(click);
    expect(click.defaultPrevented).toBe(true);
    expect(deeds.showLink.mock.calls[0]?.[0]).toMatchObject({ url: 'https://example.org/a?b' });
  });

  it('the middle button opens no second window', () => {
    const link = add('a', { href: 'https://example.org/' });
    const click = new MouseEvent('auxclick', { bubbles: true, cancelable: true, button: 1 });
    link.dispatchEvent(click);
    expect(click.defaultPrevented).toBe(true);
    expect(deeds.showLink).not.toHaveBeenCalled();
  });

  it('an image that was not loaded shows its address', () => {
    add('span', { class: 'remote-image', 'data-src': 'https://example.org/i.png' }).click();
    expect(deeds.showLink.mock.calls[0]?.[0]).toMatchObject({ url: 'https://example.org/i.png' });
  });

  it('a refused copy is reported', async () => {
    deeds.copy.mockRejectedValue(new Error('no clipboard'));
    const block = add('div', { class: 'code' });
    const button = document.createElement('button');
    button.className = 'code-copy';
    block.append(button);
    button.click();
    await vi.advanceTimersByTimeAsync(0);
    expect(deeds.fault).toHaveBeenCalled();
  });
});

describe('long lines of code', () => {
  it('are broken by a button that says whether they are, and stay so when the answer settles', () => {
    const html =
      '<div class="code"><div class="code-head"><span>sh</span><button class="code-copy">Copy</button></div><pre><code>long</code></pre></div>';
    reconcileBlocks(root, [html]);
    const button = root.querySelector<HTMLElement>('.code-wrap');
    expect(button?.textContent).toBe('Wrap lines');
    button?.click();
    expect(button?.getAttribute('aria-pressed')).toBe('true');
    reconcileBlocks(root, [html.replace('long', 'longer')]);
    expect(root.querySelector('.code')?.classList.contains('wrapped')).toBe(true);
    root.querySelector<HTMLElement>('.code-wrap')?.click();
    expect(root.querySelector('.code')?.classList.contains('wrapped')).toBe(false);
  });
});
