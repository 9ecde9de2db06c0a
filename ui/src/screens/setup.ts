import type { ErrorText } from '../text/errors';
import { t } from '../text/locale.svelte';

/** Providers whose addresses come with the app. */
const BUILT_IN: readonly string[] = ['quota', 'chutes', 'openrouter', 'sandbox'];

export function isBuiltIn(providerId: string): boolean {
  return BUILT_IN.includes(providerId);
}

/** On the form itself, "set it up first" would be no help. */
export const unusableValue: ErrorText = {
  title: () => t.setup.unusableTitle,
  body: () => t.setup.unusableBody,
  actions: [],
};
