import { t } from '../text/locale.svelte';

/** What ends a run of words: between two of these a pause is heard. */
const APART = 'p, li, h1, h2, h3, h4, h5, h6, blockquote, div';

/**
 * A block of an answer as it is told to those who hear it. Code and tables are named, not read out: they
 * are gone through at one's own pace.
 */
export function spokenBlock(block: Element): string {
  const code = block.querySelector(':scope > .code');
  if (code) return t.spoken.code(code.getAttribute('data-lang') ?? '', lines(code));
  const table = block.querySelector(':scope > .table-wrap');
  if (table) return t.spoken.table(table.querySelectorAll('tbody tr').length);
  return words(block);
}

function lines(code: Element): number {
  return (code.querySelector('code')?.textContent ?? '').replace(/\n$/, '').split('\n').length;
}

function words(block: Element): string {
  const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let said = '';
  let before: Element | null = null;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.parentElement?.closest('button')) continue;
    const around = node.parentElement?.closest(APART) ?? null;
    if (around !== before && said !== '') said += ' ';
    said += node.nodeValue ?? '';
    before = around;
  }
  return said.replace(/\s+/g, ' ').trim();
}
