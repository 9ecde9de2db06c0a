import { t } from '../text/locale.svelte';
import { dressRemoteImages } from './remoteImages';

/**
 * Gives the parts of an answer that can be used or have no words of their own their names in the
 * language in use. Doing it again changes what the language changed, and nothing else.
 */
export function dress(root: ParentNode): void {
  // Long lines scroll sideways: by keyboard too (WCAG 2.1.1).
  for (const code of root.querySelectorAll<HTMLElement>('pre')) code.tabIndex = 0;
  for (const copy of root.querySelectorAll('.code-copy')) {
    copy.textContent = t.code.copy;
    const before = copy.previousElementSibling;
    const wrap = before?.classList.contains('code-wrap')
      ? before
      : copy.parentNode?.insertBefore(wrapButton(), copy);
    if (wrap) wrap.textContent = t.code.wrap;
  }
  for (const box of root.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) {
    box.setAttribute('aria-label', box.hasAttribute('checked') ? t.code.taskDone : t.code.taskOpen);
  }
  dressRemoteImages(root);
}

function wrapButton(): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'code-wrap';
  button.setAttribute('aria-pressed', 'false');
  return button;
}

/** Breaks the long lines of a code block, or lets them run on. */
export function toggleWrap(button: Element): void {
  setWrap(button, button.getAttribute('aria-pressed') !== 'true');
}

/** Lets the code blocks of `to` break their lines where those of `from` do. */
export function carryWraps(from: ParentNode, to: ParentNode): void {
  const wanted = to.querySelectorAll('.code-wrap');
  from.querySelectorAll('.code-wrap').forEach((button, index) => {
    const same = wanted[index];
    if (same && button.getAttribute('aria-pressed') === 'true') setWrap(same, true);
  });
}

function setWrap(button: Element, wrapped: boolean): void {
  button.setAttribute('aria-pressed', String(wrapped));
  button.closest('.code')?.classList.toggle('wrapped', wrapped);
}
