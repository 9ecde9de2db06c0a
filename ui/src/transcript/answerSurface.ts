import type { PatchOp } from '../ipc/generated/contract';
import { applyPatch, reconcileBlocks, releaseBlocks } from './applyPatch';
import { spokenBlock } from './spokenBlock';

/** How long a block must have had another one after it before it is told, in milliseconds. */
const REST = 400;

/** Where a streaming answer is drawn. The state knows it only by this shape. */
export interface AnswerSurface {
  /** Queues operations; they reach the page within the next frame. */
  apply(ops: readonly PatchOp[]): void;
  /** Drops what is shown: the provider began anew, or nobody looks at it any more. */
  clear(): void;
  /** Ends the stream: shows exactly these blocks, at once. */
  settle(blocks: readonly string[]): void;
  /** Tells the words of each block from here on, once it is finished. */
  hear(tell: (words: string) => void): void;
}

/**
 * The blocks of one answer, in an element that outlives the component that shows it: a stream goes
 * on being drawn while another conversation is open.
 */
export class DomAnswerSurface implements AnswerSurface {
  readonly element: HTMLElement;
  #queue: PatchOp[] = [];
  #frame = 0;
  #tell: ((words: string) => void) | null = null;
  /** How many blocks were told, or stood there before. */
  #told = 0;
  #rest: ReturnType<typeof setTimeout> | null = null;

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
    releaseBlocks(this.element);
    this.#told = 0;
  }

  settle(blocks: readonly string[]): void {
    this.#drop();
    reconcileBlocks(this.element, blocks);
    this.#tellTo(this.element.children.length);
  }

  hear(tell: (words: string) => void): void {
    this.#flush();
    this.#told = this.#finished();
    this.#tell = tell;
  }

  #flush(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const ops = this.#queue;
    this.#queue = [];
    applyPatch(this.element, ops);
    this.#tellSoon();
  }

  /** All but the last, which may still grow. */
  #finished(): number {
    return Math.max(this.element.children.length - 1, 0);
  }

  /** What seems finished can turn out to be something else within the next line. */
  #tellSoon(): void {
    const finished = this.#finished();
    if (!this.#tell || this.#rest !== null || finished <= this.#told) return;
    this.#rest = setTimeout(() => {
      this.#rest = null;
      this.#tellTo(Math.min(finished, this.#finished()));
      this.#tellSoon();
    }, REST);
  }

  #tellTo(count: number): void {
    for (; this.#told < count; this.#told += 1) {
      const block = this.element.children[this.#told];
      if (block) this.#tell?.(spokenBlock(block));
    }
  }

  #drop(): void {
    if (this.#rest !== null) clearTimeout(this.#rest);
    this.#rest = null;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#queue = [];
  }
}
