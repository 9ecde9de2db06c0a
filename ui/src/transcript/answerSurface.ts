import type { PatchOp } from '../ipc/generated/contract';
import { applyPatch, reconcileBlocks } from './applyPatch';

/** Where a streaming answer is drawn. The state knows it only by this shape. */
export interface AnswerSurface {
  /** Queues operations; they reach the page within the next frame. */
  apply(ops: readonly PatchOp[]): void;
  /** Drops what is shown: the provider began anew. */
  clear(): void;
  /** Ends the stream: shows exactly these blocks, at once. */
  settle(blocks: readonly string[]): void;
}

/**
 * The blocks of one answer, in an element that outlives the component that shows it: a stream goes
 * on being drawn while another conversation is open.
 */
export class DomAnswerSurface implements AnswerSurface {
  readonly element: HTMLElement;
  #queue: PatchOp[] = [];
  #frame = 0;

  constructor() {
    this.element = document.createElement('div');
    this.element.className = 'blocks';
  }

  apply(ops: readonly PatchOp[]): void {
    this.#queue.push(...ops);
    if (this.#frame === 0)
      this.#frame = requestAnimationFrame(() => {
        this.#flush();
      });
  }

  clear(): void {
    this.#drop();
    this.element.replaceChildren();
  }

  settle(blocks: readonly string[]): void {
    this.#drop();
    reconcileBlocks(this.element, blocks);
  }

  #flush(): void {
    this.#frame = 0;
    const ops = this.#queue;
    this.#queue = [];
    applyPatch(this.element, ops);
  }

  #drop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#queue = [];
  }
}
