import { describe, expect, it } from 'vitest';
import { composerKey, payerKey, shortcutFor, zoomKey, type Key } from './shortcuts';

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
    expect(composerKey(key('Enter'), false, 'enter')).toBe('send');
    expect(composerKey(key('Enter', { shiftKey: true }), false, 'enter')).toBeNull();
  });

  it('makes a line on Enter and sends with the command key, where that was chosen', () => {
    expect(composerKey(key('Enter'), false, 'commandEnter')).toBeNull();
    expect(composerKey(key('Enter', { ctrlKey: true }), false, 'commandEnter')).toBe('send');
    expect(composerKey(key('Enter', { metaKey: true }), false, 'commandEnter')).toBe('send');
    expect(composerKey(key('Enter', { ctrlKey: true, keyCode: 229 }), false, 'commandEnter')).toBeNull();
    expect(composerKey(key('Enter', { ctrlKey: true }), false, 'enter')).toBeNull();
  });

  it('leaves Enter to an input method', () => {
    expect(composerKey(key('Enter', { isComposing: true }), false, 'enter')).toBeNull();
    expect(composerKey(key('Enter', { keyCode: 229 }), false, 'enter')).toBeNull();
  });

  it('takes the last message back on Up, but only when it is empty', () => {
    expect(composerKey(key('ArrowUp'), true, 'enter')).toBe('edit-last');
    expect(composerKey(key('ArrowUp'), false, 'enter')).toBeNull();
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

  it('zooms with the keys of a browser', () => {
    expect(zoomKey(key('+', { ctrlKey: true, shiftKey: true }))).toBe(1);
    expect(zoomKey(key('=', { metaKey: true }))).toBe(1);
    expect(zoomKey(key('-', { ctrlKey: true }))).toBe(-1);
    expect(zoomKey(key('0', { ctrlKey: true }))).toBe(0);
    expect(zoomKey(key('-'))).toBeNull();
  });
});

describe('who pays', () => {
  it('is the account with that number', () => {
    expect(payerKey(key('1', { ctrlKey: true }))).toBe(0);
    expect(payerKey(key('9', { metaKey: true }))).toBe(8);
    expect(payerKey(key('1'))).toBeNull();
    expect(payerKey(key('0', { ctrlKey: true }))).toBeNull();
    expect(payerKey(key('1', { ctrlKey: true, shiftKey: true }))).toBeNull();
  });
});
