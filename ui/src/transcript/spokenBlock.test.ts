import { describe, expect, it } from 'vitest';
import { datesAnswer, finished } from '../backend/fake/answers';
import { reconcileBlocks } from './applyPatch';
import { spokenBlock } from './spokenBlock';

function spoken(...blocks: string[]): string[] {
  const root = document.createElement('div');
  reconcileBlocks(root, blocks);
  return [...root.children].map(spokenBlock);
}

describe('a block, as it is told', () => {
  it('is its words, with room between items and paragraphs', () => {
    expect(spoken('<p>Some <em>words</em>\nof it.</p>', '<ul><li>one</li><li>two</li></ul>')).toEqual([
      'Some words of it.',
      'one two',
    ]);
  });

  it('names code and tables and does not read them out', () => {
    const told = spoken(...finished(datesAnswer));
    expect(told[1]).toBe('Code, python, 6 lines');
    expect(told[2]).toBe('Table, 3 rows');
    expect(told[3]).toContain('The first row is the trap');
  });

  it('leaves buttons out', () => {
    expect(spoken('<blockquote><p>a</p><button type="button">Copy</button></blockquote>')).toEqual(['a']);
  });
});
