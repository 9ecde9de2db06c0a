/** Rows that are kept for one selection at most: more is copied by exporting. */
const MOST = 200;

/**
 * The first and the last of the rows that the selection touches, by the number they carry; null
 * without one. They must stay on the page: a selection ends with the nodes it is made of.
 */
export function heldRows(root: HTMLElement): [number, number] | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed) return null;
  const ends = [selection.anchorNode, selection.focusNode].map((node) => rowOf(root, node));
  const numbers = ends.filter((number) => number !== null);
  if (numbers.length === 0) return null;
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  return [first, Math.min(last, first + MOST)];
}

function rowOf(root: HTMLElement, node: Node | null): number | null {
  const element = node instanceof Element ? node : (node?.parentElement ?? null);
  const row = element?.closest<HTMLElement>('[data-index]');
  return row && root.contains(row) ? Number(row.dataset['index']) : null;
}
