import type { ErrorText } from '../text/errors';
import { t } from '../text/locale.svelte';

/** Providers whose addresses come with the app. */
const BUILT_IN: readonly string[] = ['quota', 'chutes', 'openrouter', 'sandbox'];

export function isBuiltIn(providerId: string): boolean {
  return BUILT_IN.includes(providerId);
}

/**
 * The loopback redirect of a provider that lets the port differ (RFC 8252, section 7.3). Its path
 * ends with the id that the host makes of the name.
 */
export function anyPortRedirect(name: string): string {
  const id = name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '-')
    .replace(/^-+|-+$/g, '');
  return `http://127.0.0.1/redirect/${id}`;
}

/** On the form itself, "set it up first" would be no help. */
export const unusableValue: ErrorText = {
  title: () => t.setup.unusableTitle,
  body: () => t.setup.unusableBody,
  actions: [],
};
