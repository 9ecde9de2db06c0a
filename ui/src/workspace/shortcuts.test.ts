import { describe, expect, it } from 'vitest';
import { composerKey, shortcutFor, type Key } from './shortcuts';

const key = (name: string, over: Partial<Key> = {}): Key => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  keyCode: 0,
  ...over,
});

describe('the composer', () => {
  it('sends on Enter and makes a line on Shift+Enter', () => {
    expect(composerKey(key('Enter'), false)).toBe('send');
    expect(composerKey(key('Enter', { shiftKey: true }), false)).toBeNull();
  });

  it('leaves Enter to an input method', () => {
    expect(composerKey(key('Enter', { isComposing: true }), false)).toBeNull();
    expect(composerKey(key('Enter', { keyCode: 229 }), false)).toBeNull();
  });

  it('takes the last message back on Up, but only when it is empty', () => {
    expect(composerKey(key('ArrowUp'), true)).toBe('edit-last');
    expect(composerKey(key('ArrowUp'), false)).toBeNull();
  });
});

describe('the window', () => {
  it('knows its commands on both kinds of keyboard', () => {
    expect(shortcutFor(key('n', { ctrlKey: true }), true, false)).toBe('new');
    expect(shortcutFor(key('N', { metaKey: true }), false, true)).toBe('new');
    expect(shortcutFor(key(',', { ctrlKey: true }), true, false)).toBe('settings');
    expect(shortcutFor(key('b', { ctrlKey: true }), true, false)).toBe('sidebar');
    expect(shortcutFor(key('c', { ctrlKey: true }), false, true)).toBeNull();
    expect(shortcutFor(key('n', { ctrlKey: true, shiftKey: true }), false, true)).toBeNull();
  });

  it('takes / and ? where nothing is being written', () => {
    expect(shortcutFor(key('/'), false, false)).toBe('model');
    expect(shortcutFor(key('?', { shiftKey: true }), false, false)).toBe('sheet');
    expect(shortcutFor(key('/'), true, true)).toBe('model');
    expect(shortcutFor(key('/'), true, false)).toBeNull();
  });

  it('lets Escape close things even while one writes, but not out of an input method', () => {
    expect(shortcutFor(key('Escape'), true, false)).toBe('escape');
    expect(shortcutFor(key('Escape', { isComposing: true }), true, false)).toBeNull();
  });

  it('has no meaning for keys that write', () => {
    for (const name of ['a', 'toString', 'constructor', ' '])
      expect(shortcutFor(key(name), false, true)).toBeNull();
  });
});
