import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { diagramsAnswer, finished } from '../backend/fake/answers';
import { FakeBackend } from '../backend/fake';
import { buildScenario } from '../backend/fake/scenarios';
import { applyPatch, reconcileBlocks } from './applyPatch';
import { askedDiagrams } from './askedDiagrams';
import { followClicks } from './clicks';

const blocks = finished(diagramsAnswer);
const copy = vi.fn(() => Promise.resolve());
const fault = vi.fn();
let root: HTMLElement;
let backend: FakeBackend;
let draw: (source: string) => ReturnType<FakeBackend['diagramDraw']>;
let end: () => void;

beforeEach(() => {
  askedDiagrams.clear();
  vi.clearAllMocks();
  backend = new FakeBackend(buildScenario(new URLSearchParams({ scenario: 'diagrams' })));
  draw = (source) => backend.diagramDraw(source);
  root = document.createElement('div');
  document.body.append(root);
  reconcileBlocks(root, blocks);
  end = followClicks({
    copy,
    copied: 'Copied',
    drawDiagram: (source) => draw(source),
    getImage: (url) => backend.remoteImageGet(url),
    showLink: vi.fn(),
    fault,
  })(root);
});

afterEach(() => {
  end();
  root.remove();
});

const buttons = (): HTMLButtonElement[] => [...root.querySelectorAll<HTMLButtonElement>('.code-draw')];
const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

describe('diagrams', () => {
  it('are drawn on demand, and turn back into their source', async () => {
    const [button] = buttons();
    expect(backend.calls).toEqual([]);
    expect(button?.textContent).toBe('Draw diagram');
    button?.click();
    expect(root.querySelector('.diagram')?.textContent).toBe('Drawing…');
    await settled();
    const image = root.querySelector<HTMLImageElement>('.diagram .on-light');
    expect(image?.getAttribute('src')).toMatch(/^data:image\/svg\+xml/);
    expect(image?.alt).not.toBe('');
    expect(root.querySelectorAll('.code.drawn')).toHaveLength(1);
    button?.click();
    expect(root.querySelector('.diagram')).toBeNull();
    expect(button?.textContent).toBe('Show diagram');
    button?.click();
    expect(root.querySelector('.diagram img')).toBeTruthy();
    expect(backend.calls).toEqual(['diagramDraw']);
  });

  it('that cannot be drawn show why, and their source, which can be copied', async () => {
    buttons()[1]?.click();
    await settled();
    const refused = root.querySelector('.diagram.refused');
    expect(refused?.textContent).toContain('expected a node');
    expect(root.querySelectorAll('.code.drawn')).toHaveLength(0);
    refused?.closest('.code')?.querySelector<HTMLElement>('.code-copy')?.click();
    expect(copy).toHaveBeenCalledWith('flowchart LR\n  Ask -->|');
  });

  it('that the host could not draw can be asked for again', async () => {
    draw = () => Promise.reject(new Error('no process'));
    buttons()[0]?.click();
    await settled();
    expect(fault).toHaveBeenCalledOnce();
    expect(root.querySelector('.diagram')).toBeNull();
    expect(buttons()[0]?.textContent).toBe('Draw diagram');
    expect(buttons()[0]?.disabled).toBe(false);
  });

  it('stay drawn when the answer is settled or drawn anew, in the same nodes', async () => {
    buttons()[0]?.click();
    await settled();
    const before = [...root.children];
    reconcileBlocks(root, blocks);
    expect([...root.children]).toEqual(before);
    const again = document.createElement('div');
    reconcileBlocks(again, blocks);
    expect(again.querySelectorAll('.diagram img')).toHaveLength(2);
  });

  it('are neither drawn nor shown while the answer is still written', async () => {
    const html = blocks.find((block) => block.includes('mermaid')) ?? '';
    const growing = root.appendChild(document.createElement('div'));
    buttons()[0]?.click();
    applyPatch(growing, [{ op: 'append', html }]);
    await settled();
    expect(root.querySelectorAll('.diagram img')).toHaveLength(2);
    applyPatch(growing, [{ op: 'append', html }]);
    expect(growing.querySelector('.code-draw, .diagram, .drawn')).toBeNull();
    const written = [...growing.children];
    reconcileBlocks(growing, [html, html]);
    expect([...growing.children]).toEqual(written);
    expect(growing.querySelectorAll('.code.drawn .code-draw')).toHaveLength(2);
    expect(growing.querySelectorAll('.diagram img')).toHaveLength(4);
  });

  it('that were replaced while they were drawn can be drawn in their new words', async () => {
    buttons()[0]?.click();
    reconcileBlocks(
      root,
      blocks.map((html) => html.replace('</code>', '\n  %% more</code>')),
    );
    await settled();
    expect(root.querySelector('.diagram')).toBeNull();
    expect(buttons()[0]?.disabled).toBe(false);
    buttons()[0]?.click();
    await settled();
    expect(root.querySelectorAll('.diagram img')).toHaveLength(2);
  });
});
