import type { PatchOp } from '../ipc/generated/contract';
import { dressDiagrams } from './diagrams';
import { carryWraps, dress } from './dress';

// The only file that turns strings into HTML. What arrives here was rendered and sanitised by the
// host; nothing typed by a person or made in this window may be passed in.

const MATHML = 'http://www.w3.org/1998/Math/MathML';

/** Where strings become nodes. What is made is moved out: a copy left here would be garbage. */
const template = document.createElement('template');

/** What each block was made from, unless something was added to it since. */
const madeFrom = new WeakMap<Element, string>();

/** The nodes of this HTML as they are inside `parent`: formulas have a namespace of their own. */
function parse(html: string, parent: Element | null = null): DocumentFragment {
  const inFormula = parent?.namespaceURI === MATHML;
  template.innerHTML = inFormula ? `<math>${html}</math>` : html;
  const nodes = document.createDocumentFragment();
  nodes.append(template.content);
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
  madeFrom.set(block, html);
  return block;
}

/** Goes `depth` times to the last element child, as far as there is one. */
function descend(block: Element, depth: number): Element {
  let node = block;
  for (let step = 0; step < depth && node.lastElementChild; step += 1) node = node.lastElementChild;
  return node;
}

/** The block that something is about to be added to. */
function growingBlock(root: Element): Element {
  const block = root.lastElementChild ?? root.appendChild(newBlock(''));
  madeFrom.delete(block);
  return block;
}

/** Applies one operation to the blocks under `root`. */
export function applyOp(root: Element, op: PatchOp): void {
  switch (op.op) {
    case 'append':
      root.append(newBlock(op.html));
      return;
    case 'grow': {
      const at = descend(growingBlock(root), op.depth);
      while (at.childNodes.length > op.keep) at.lastChild?.remove();
      at.append(parse(op.html, at));
      return;
    }
    case 'text': {
      const at = descend(growingBlock(root), op.depth);
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
      madeFrom.set(block, op.html);
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
    const shown = root.children[index];
    if (shown && madeFrom.get(shown) === html) return;
    const wanted = newBlock(html);
    dressDiagrams(wanted);
    wanted.normalize();
    if (!shown) {
      root.append(wanted);
      return;
    }
    shown.normalize();
    carryWraps(shown, wanted);
    if (!shown.isEqualNode(wanted)) {
      shown.replaceWith(wanted);
      return;
    }
    madeFrom.set(shown, html);
    wanted.replaceChildren();
  });
}

/**
 * Empties blocks that will not be shown again. The garbage collector knows of the few nodes that a
 * script has touched, not of the many that hang on them, and would let them all wait.
 */
export function releaseBlocks(root: Element): void {
  for (const block of root.children) block.replaceChildren();
  root.replaceChildren();
}
