import type { PatchOp } from '../ipc/generated/contract';
import { dressDiagrams } from './diagrams';
import { carryWraps, dress } from './dress';

// The only file that turns strings into HTML. What arrives here was rendered and sanitised by the
// host; nothing typed by a person or made in this window may be passed in.

const MATHML = 'http://www.w3.org/1998/Math/MathML';

/** The nodes of this HTML as they are inside `parent`: formulas have a namespace of their own. */
function parse(html: string, parent: Element | null = null): DocumentFragment {
  const template = document.createElement('template');
  const inFormula = parent?.namespaceURI === MATHML;
  template.innerHTML = inFormula ? `<math>${html}</math>` : html;
  const nodes = document.importNode(template.content, true);
  dress(nodes);
  const formula = inFormula ? nodes.firstElementChild : null;
  if (formula) nodes.replaceChildren(...formula.childNodes);
  return nodes;
}

function newBlock(html: string): HTMLElement {
  const block = document.createElement('div');
  block.className = 'block';
  // Each paragraph runs in the direction of its own script.
  block.dir = 'auto';
  block.append(parse(html));
  return block;
}

/** Goes `depth` times to the last element child, as far as there is one. */
function descend(block: Element, depth: number): Element {
  let node = block;
  for (let step = 0; step < depth && node.lastElementChild; step += 1) node = node.lastElementChild;
  return node;
}

function lastBlock(root: Element): Element {
  return root.lastElementChild ?? root.appendChild(newBlock(''));
}

/** Applies one operation to the blocks under `root`. */
export function applyOp(root: Element, op: PatchOp): void {
  switch (op.op) {
    case 'append':
      root.append(newBlock(op.html));
      return;
    case 'grow': {
      const at = descend(lastBlock(root), op.depth);
      while (at.childNodes.length > op.keep) at.lastChild?.remove();
      at.append(parse(op.html, at));
      return;
    }
    case 'text': {
      const at = descend(lastBlock(root), op.depth);
      const last = at.lastChild;
      if (last instanceof Text) last.appendData(op.text);
      else at.append(op.text);
      return;
    }
    case 'replace': {
      const block = root.children[op.block];
      if (!block) return;
      const html = parse(op.html);
      carryWraps(block, html);
      block.replaceChildren(html);
      return;
    }
    case 'truncate':
      while (root.children.length > op.from) root.lastElementChild?.remove();
      return;
  }
}

/** Applies operations in order. */
export function applyPatch(root: Element, ops: readonly PatchOp[]): void {
  for (const op of ops) applyOp(root, op);
}

/**
 * Makes `root` show exactly these blocks and touches only those that differ, so that a selection in
 * a block that was right already survives. They grow no more: their diagrams can be drawn.
 */
export function reconcileBlocks(root: Element, blocks: readonly string[]): void {
  while (root.children.length > blocks.length) root.lastElementChild?.remove();
  dressDiagrams(root);
  blocks.forEach((html, index) => {
    const wanted = newBlock(html);
    dressDiagrams(wanted);
    wanted.normalize();
    const shown = root.children[index];
    if (!shown) {
      root.append(wanted);
      return;
    }
    shown.normalize();
    carryWraps(shown, wanted);
    if (!shown.isEqualNode(wanted)) shown.replaceWith(wanted);
  });
}
