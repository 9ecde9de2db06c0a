import type { SendKey } from '../ipc/generated/contract';
import { t } from '../text/locale.svelte';
import { commandKey } from './shortcuts';

/** The command key as it is printed on this keyboard. */
export function commandKeyName(): string {
  return commandKey === 'Ctrl' ? t.keys.control : commandKey;
}

/** The keys that send a message. */
export function sendKeys(sendKey: SendKey): string[] {
  return sendKey === 'enter' ? [t.keys.enter] : [commandKeyName(), t.keys.enter];
}

/** The keys that begin a line. */
export function newLineKeys(sendKey: SendKey): string[] {
  return sendKey === 'enter' ? [t.keys.shift, t.keys.enter] : [t.keys.enter];
}
