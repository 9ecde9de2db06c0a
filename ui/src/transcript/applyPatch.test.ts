import { beforeEach, describe, expect, it } from 'vitest';
import type { PatchOp } from '../ipc/generated/contract';
import { finished, datesAnswer, breadAnswer, script } from '../backend/fake/answers';
import { applyPatch, reconcileBlocks, releaseBlocks } from './applyPatch';

let root: HTMLElement;
beforeEach(() => {
  root = document.createElement('div');
});

const blocks = (): string[] => [...root.children].map((block) => block.innerHTML);
const apply = (...ops: PatchOp[]): void => {
  applyPatch(root, ops);
};

describe('operations', () => {
  it('append gives every block an element of its own', () => {
    apply({ op: 'append', html: '<p>a</p>' }, { op: 'append', html: '<p>b</p><p>c</p>' });
    expect(blocks()).toEqual(['<p>a</p>', '<p>b</p><p>c</p>']);
    expect([...root.children].every((block) => block.className === 'block')).toBe(true);
  });

  it('grow keeps the first nodes at its depth and replaces the rest', () => {
    apply(
      { op: 'append', html: '<ul><li>a</li><li>b</li></ul>' },
      { op: 'grow', depth: 1, keep: 1, html: '<li>B</li><li>c</li>' },
      { op: 'grow', depth: 2, keep: 1, html: '<em>!</em>' },
    );
    expect(blocks()).toEqual(['<ul><li>a</li><li>B</li><li>c<em>!</em></li></ul>']);
  });

  it('grow at depth 0 speaks of the block itself', () => {
    apply({ op: 'append', html: '<p>a</p>' }, { op: 'grow', depth: 0, keep: 0, html: '<h1>b</h1>' });
    expect(blocks()).toEqual(['<h1>b</h1>']);
  });

  it('text goes on in the last text node, or makes one after an element', () => {
    apply({ op: 'append', html: '<p>a</p>' }, { op: 'text', depth: 1, text: 'b' });
    expect(root.querySelector('p')?.childNodes.length).toBe(1);
    apply({ op: 'grow', depth: 1, keep: 1, html: '<b>c</b>' }, { op: 'text', depth: 1, text: 'd' });
    expect(blocks()).toEqual(['<p>ab<b>c</b>d</p>']);
  });

  it('text is never read as HTML', () => {
    apply({ op: 'append', html: '<p></p>' }, { op: 'text', depth: 1, text: '<img src=x onerror=alert(1)>' });
    expect(root.querySelector('img')).toBeNull();
    expect(root.textContent).toBe('<img src=x onerror=alert(1)>');
  });

  it('replace changes one block, truncate drops those after', () => {
    apply(
      { op: 'append', html: '<p>a</p>' },
      { op: 'append', html: '<p>b</p>' },
      { op: 'append', html: '<p>c</p>' },
      { op: 'replace', block: 0, html: '<p>A</p>' },
      { op: 'truncate', from: 2 },
    );
    expect(blocks()).toEqual(['<p>A</p>', '<p>b</p>']);
  });

  it('rows grow inside a table', () => {
    apply(
      {
        op: 'append',
        html: '<div class="table-wrap"><table><tbody><tr><td>1</td></tr></tbody></table></div>',
      },
      { op: 'grow', depth: 3, keep: 1, html: '<tr><td>2</td></tr>' },
    );
    expect(root.querySelectorAll('tr')).toHaveLength(2);
  });

  it('what cannot be meant does no harm', () => {
    apply(
      { op: 'text', depth: 4, text: 'a' },
      { op: 'replace', block: 9, html: 'x' },
      { op: 'grow', depth: 9, keep: 99, html: 'b' },
      { op: 'truncate', from: 7 },
    );
    expect(root.textContent).toBe('ab');
  });
});

describe('a whole answer', () => {
  it.each([
    ['with code and a table', datesAnswer],
    ['with lists and a quote', breadAnswer],
  ])('%s arrives in pieces as it would at once', (_, answer) => {
    applyPatch(root, script(answer));
    const once = document.createElement('div');
    reconcileBlocks(once, finished(answer));
    expect(blocks()).toEqual([...once.children].map((block) => block.innerHTML));
  });

  it('is settled without touching the blocks that are right already', () => {
    applyPatch(root, script(datesAnswer));
    const before = [...root.children];
    const wanted = finished(datesAnswer);
    reconcileBlocks(root, [...wanted.slice(0, -1), '<p>other</p>', '<p>more</p>']);
    expect(root.children[0]).toBe(before[0]);
    expect(root.children[1]).toBe(before[1]);
    expect(root.children[3]).not.toBe(before[3]);
    expect(blocks().slice(3)).toEqual(['<p>other</p>', '<p>more</p>']);
    reconcileBlocks(root, ['<p>short</p>']);
    expect(blocks()).toEqual(['<p>short</p>']);
  });

  it('knows what was added to a block after it was made', () => {
    const made = '<p>a</p>';
    apply({ op: 'append', html: made }, { op: 'text', depth: 1, text: 'b' });
    reconcileBlocks(root, [made]);
    expect(blocks()).toEqual([made]);
    apply({ op: 'grow', depth: 1, keep: 1, html: '<b>c</b>' });
    reconcileBlocks(root, [made]);
    expect(blocks()).toEqual([made]);
    apply({ op: 'replace', block: 0, html: '<p>d</p>' });
    reconcileBlocks(root, [made]);
    expect(blocks()).toEqual([made]);
  });

  it('leaves nothing hanging on a block that is let go', () => {
    reconcileBlocks(root, ['<p>a</p>', '<pre>b</pre>']);
    const before = [...root.children];
    releaseBlocks(root);
    expect(root.childNodes).toHaveLength(0);
    expect(before.map((block) => block.childNodes.length)).toEqual([0, 0]);
  });
});
