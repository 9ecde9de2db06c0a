import type { Chat } from '../state/chat.svelte';
import { isComposing } from '../workspace/shortcuts';
import type { VirtualRows } from './virtualRows.svelte';

/** Alt with the arrows goes from message to message; left and right then walk a message's versions. */
export function messageKeys(
  chat: Chat,
  rows: VirtualRows,
  attempt: (work: Promise<unknown>) => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const here = document.activeElement?.closest<HTMLElement>('[data-index]') ?? null;
    const at = here ? Number(here.dataset['index']) : null;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const next = (at ?? chat.branch.total) + (event.key === 'ArrowUp' ? -1 : 1);
      if (next < 0 || next >= chat.branch.total) return;
      event.preventDefault();
      focusRow(rows, next);
    } else if (!event.altKey && at !== null && document.activeElement?.matches('article')) {
      const message = chat.branch.rows[at];
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!message || step === undefined || chat.sending) return;
      const other = message.siblingIds[message.siblingIds.indexOf(message.id) + step];
      event.preventDefault();
      if (other !== undefined) attempt(chat.chooseBranch(other).then(() => void focusMessage(other)));
    }
  };
}

function focusRow(rows: VirtualRows, index: number): void {
  const find = (): HTMLElement | null =>
    document.querySelector<HTMLElement>(`[data-index="${String(index)}"] article`);
  if (!find()) rows.show(index);
  const article = find();
  article?.focus({ preventScroll: true });
  article?.scrollIntoView({ block: 'nearest' });
}

function focusMessage(messageId: string): void {
  requestAnimationFrame(() => {
    const messages = document.querySelectorAll<HTMLElement>('[data-message-id]');
    [...messages].find(({ dataset }) => dataset['messageId'] === messageId)?.focus({ preventScroll: true });
  });
}
