import { beforeEach, describe, expect, it } from 'vitest';
import { reconcileBlocks } from '../transcript/applyPatch';
import { contextActions } from './contextActions';

let message: HTMLElement;

beforeEach(() => {
  message = document.createElement('article');
  message.dataset['messageId'] = 'm-1';
  const prose = message.appendChild(document.createElement('div'));
  prose.className = 'prose';
  reconcileBlocks(prose, [
    '<p>See <a href="https://example.org/">there</a>.</p>',
    '<div class="code"><div class="code-head"><button class="code-copy"></button></div><pre><code>ls\n</code></pre></div>',
  ]);
});

const at = (css: string, selected = ''): unknown => {
  const target = message.querySelector(css);
  return target && contextActions(target, selected)?.map(({ type }) => type);
};

describe('a right click', () => {
  it('offers what there is to do in that place', () => {
    expect(at('p')).toEqual(['copyMessage']);
    expect(at('a')).toEqual(['openLink', 'copyAddress', 'copyMessage']);
    expect(at('code')).toEqual(['copyCode', 'copyMessage']);
    expect(at('p', 'See there')).toEqual(['copySelection', 'copyMessage']);
  });

  it('copies code without its last line feed', () => {
    const code = message.querySelector('code');
    expect(code && contextActions(code, '')?.[0]).toEqual({ type: 'copyCode', text: 'ls' });
  });

  it('leaves fields to the system, and does nothing where there is nothing to do', () => {
    expect(contextActions(document.createElement('textarea'), 'words')).toBeNull();
    expect(contextActions(document.createElement('nav'), '  ')).toEqual([]);
  });
});
