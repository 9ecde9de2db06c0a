import type { SendKey } from '../ipc/generated/contract';

const apple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/** What the command key is called on this system. */
export const commandKey = apple ? '⌘' : 'Ctrl';

export type Shortcut =
  'usage' | 'new' | 'search' | 'model' | 'settings' | 'sidebar' | 'sheet' | 'find' | 'palette' | 'escape';

/** What of a key event decides. */
export type Key = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing' | 'keyCode'
>;

const WITH_COMMAND = new Map<string, Shortcut>([
  ['n', 'new'],
  ['k', 'search'],
  [',', 'settings'],
  ['b', 'sidebar'],
  ['f', 'find'],
  // With Shift it begins a character's number in the text fields of GTK.
  ['u', 'usage'],
]);
const WITH_COMMAND_AND_SHIFT = new Map<string, Shortcut>([['p', 'palette']]);
const ALONE = new Map<string, Shortcut>([
  ['/', 'model'],
  ['?', 'sheet'],
]);

/** A key that belongs to an input method; WebKit reports 229 after the composition has ended. */
export function isComposing(key: Key): boolean {
  return key.isComposing || key.keyCode === 229;
}

/**
 * What a key means for the whole window. `typing` says that the focus is where letters go; `empty`,
 * that nothing is typed there yet.
 */
export function shortcutFor(key: Key, typing: boolean, empty: boolean): Shortcut | null {
  if (isComposing(key) || key.altKey) return null;
  if (key.ctrlKey || key.metaKey) {
    if (key.shiftKey) return WITH_COMMAND_AND_SHIFT.get(key.key.toLowerCase()) ?? null;
    return WITH_COMMAND.get(key.key.toLowerCase()) ?? null;
  }
  if (key.key === 'Escape') return 'escape';
  if (typing && !empty) return null;
  return ALONE.get(key.key) ?? null;
}

/** In which direction a key zooms the window, if it does: larger, as drawn, smaller. */
export function zoomKey(key: Key): -1 | 0 | 1 | null {
  if (isComposing(key) || key.altKey || !(key.ctrlKey || key.metaKey)) return null;
  // Where "+" needs Shift, the key without it is "=".
  if (key.key === '+' || key.key === '=') return 1;
  if (key.key === '-') return -1;
  return key.key === '0' ? 0 : null;
}

/** Which account a key asks to pay, counted from 0: the command key and a digit. */
export function payerKey(key: Key): number | null {
  if (isComposing(key) || key.altKey || key.shiftKey || !(key.ctrlKey || key.metaKey)) return null;
  return /^[1-9]$/.test(key.key) ? Number(key.key) - 1 : null;
}

export type ComposerKey = 'send' | 'edit-last';

/** What a key means inside the composer, where this one sends. */
export function composerKey(key: Key, empty: boolean, sendKey: SendKey): ComposerKey | null {
  if (isComposing(key) || key.altKey || key.shiftKey) return null;
  const command = key.ctrlKey || key.metaKey;
  if (key.key === 'Enter') return command === (sendKey === 'commandEnter') ? 'send' : null;
  if (command) return null;
  return key.key === 'ArrowUp' && empty ? 'edit-last' : null;
}
