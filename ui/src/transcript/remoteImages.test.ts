import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { figuresAnswer, finished } from '../backend/fake/answers';
import { FakeBackend } from '../backend/fake';
import { buildScenario } from '../backend/fake/scenarios';
import { reconcileBlocks } from './applyPatch';
import { followClicks } from './clicks';
import { askedImages } from './askedImages';

const blocks = finished(figuresAnswer);
let root: HTMLElement;
let backend: FakeBackend;
let end: () => void;
const fault = vi.fn();

beforeEach(() => {
  askedImages.clear();
  fault.mockReset();
  backend = new FakeBackend(buildScenario(new URLSearchParams({ scenario: 'figures' })));
  root = document.createElement('div');
  document.body.append(root);
  reconcileBlocks(root, blocks);
  end = followClicks({
    copy: () => Promise.resolve(),
    copied: 'Copied',
    drawDiagram: (source) => backend.diagramDraw(source),
    getImage: (url) => backend.remoteImageGet(url),
    showLink: vi.fn(),
    fault,
  })(root);
});

afterEach(() => {
  end();
  root.remove();
});

const buttons = (name: string): HTMLButtonElement[] => [
  ...root.querySelectorAll<HTMLButtonElement>(`.${name}`),
];
const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

describe('images from elsewhere', () => {
  it('are named by their text and host, and nothing is fetched before a click', () => {
    const [place] = root.querySelectorAll('.remote-image');
    expect(place?.textContent).toContain('A meadow in March');
    expect(place?.textContent).toContain('pictures.example.org');
    expect(place?.textContent).not.toContain('meadows/march.png');
    expect(root.querySelectorAll('img')).toHaveLength(0);
    expect(backend.calls).toEqual([]);
  });

  it('are fetched by a click, and shown with their text', async () => {
    buttons('remote-image-show')[0]?.click();
    await settled();
    expect(backend.calls).toEqual(['remoteImageGet https://pictures.example.org/meadows/march.png']);
    const image = root.querySelector('img');
    expect(image?.alt).toBe('A meadow in March');
    expect(image?.width).toBe(480);
  });

  it('that do not come say why, and can be asked for again', async () => {
    const button = buttons('remote-image-show')[1];
    button?.click();
    await settled();
    expect(root.querySelector('.remote-image-fault')?.textContent).toBe('Its host could not be reached.');
    expect(button?.disabled).toBe(false);
    expect(fault).not.toHaveBeenCalled();
  });

  it('stay shown when the answer is settled or drawn anew, in the same nodes', async () => {
    buttons('remote-image-show')[0]?.click();
    await settled();
    const before = [...root.children];
    reconcileBlocks(root, blocks);
    expect([...root.children]).toEqual(before);
    const again = document.createElement('div');
    reconcileBlocks(again, blocks);
    expect(again.querySelectorAll('img')).toHaveLength(1);
  });
});
