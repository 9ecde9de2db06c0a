/** What a right click can do, in the order to offer it. */
export type ContextAction =
  | { type: 'copySelection'; text: string }
  | { type: 'openLink'; url: string }
  | { type: 'copyAddress'; url: string }
  | { type: 'copyCode'; text: string }
  | { type: 'copyMessage'; messageId: string };

/**
 * What can be done where somebody clicked with the right button; null where the system's own menu is
 * better: in fields, whose spelling and clipboard it knows, and in dialogs, which lie above all else.
 */
export function contextActions(target: Element, selected: string): ContextAction[] | null {
  if (target.closest('input, textarea, [contenteditable], dialog')) return null;
  const actions: ContextAction[] = [];
  if (selected.trim() !== '') actions.push({ type: 'copySelection', text: selected });
  const link = target.closest<HTMLElement>('.prose a[href], .remote-image[data-src]');
  const url = link?.getAttribute('href') ?? link?.dataset['src'];
  if (url) actions.push({ type: 'openLink', url }, { type: 'copyAddress', url });
  const code = target.closest('.code')?.querySelector('code')?.textContent;
  if (code) actions.push({ type: 'copyCode', text: code.replace(/\n$/, '') });
  const messageId = target.closest<HTMLElement>('[data-message-id]')?.dataset['messageId'];
  if (messageId) actions.push({ type: 'copyMessage', messageId });
  return actions;
}
