import { flushSync } from 'svelte';
import type { Row } from '../state/branch.svelte';
import { Heights } from './heights';
import { heldRows } from './heldRows';

/** How near the end counts as at the end, in CSS pixels. */
const NEAR = 32;

/** How far beyond the view rows are drawn, so that scrolling meets no blank. */
const BEYOND = 700;

/** The height of a row that was never drawn, until some have been measured. */
const USUAL = 180;

/** Space above the first row and below the last. */
const ABOVE = 22;
const BELOW = 28;

/** A row in view and how far below its top the view begins: what stays where it is. */
interface Anchor {
  index: number;
  offset: number;
}

/**
 * Draws those of many rows that are near the view, and keeps what is in view where it is while rows
 * above get their real height. WebKitGTK has no scroll anchoring of its own. At the end it follows what
 * is added, for as long as the person leaves it there.
 */
export class VirtualRows {
  /** The person has scrolled away from the end. */
  away = $state(false);
  /** The rows near the view: from the first on, the second not included. */
  from = $state(0);
  to = $state(0);
  #held = $state.raw<readonly [number, number] | null>(null);
  #laidOut = $state(0);
  #heights = new Heights();
  #rows: readonly Row[] = [];
  #scroller: HTMLElement | null = null;
  #lastTop = 0;
  #anchor: Anchor | null = null;
  #measured = { sum: 0, count: 0 };
  readonly #sizes =
    typeof ResizeObserver === 'undefined'
      ? null
      : new ResizeObserver((entries) => {
          this.#measure(entries);
        });

  /** The rows to draw, in order: those near the view, and those that hold a selection. */
  readonly drawn = $derived.by(() => {
    const near = range(this.from, this.to);
    if (!this.#held) return near;
    const [first, last] = this.#held;
    const held = range(first, last + 1).filter((index) => index < this.from || index >= this.to);
    return [...near, ...held].sort((a, b) => a - b);
  });

  /** The height of all rows together. */
  get height(): number {
    void this.#laidOut;
    return ABOVE + this.#heights.total + BELOW;
  }

  /** Where a row begins. */
  top(index: number): number {
    void this.#laidOut;
    return ABOVE + this.#heights.top(index);
  }

  readonly attach = (scroller: HTMLElement): (() => void) => {
    this.#scroller = scroller;
    this.#sizes?.observe(scroller);
    const select = (): void => {
      this.#held = heldRows(scroller);
    };
    document.addEventListener('selectionchange', select);
    this.#range();
    return () => {
      document.removeEventListener('selectionchange', select);
      this.#sizes?.disconnect();
      this.#scroller = null;
    };
  };

  /** Measures a row for as long as it is drawn; the element carries its number as `data-index`. */
  readonly measure = (row: HTMLElement): (() => void) => {
    this.#sizes?.observe(row);
    return () => {
      this.#sizes?.unobserve(row);
    };
  };

  /** Takes in other rows. Those that are the same as before keep their height. */
  sync(rows: readonly Row[]): void {
    const before = this.#rows;
    let same = 0;
    while (same < rows.length && same < before.length && isSame(before[same], rows[same])) same += 1;
    this.#rows = rows;
    this.#heights.truncate(same);
    const { sum, count } = this.#measured;
    const usual = count > 0 ? sum / count : USUAL;
    while (this.#heights.count < rows.length) this.#heights.push(usual);
    if (this.#anchor && this.#anchor.index >= rows.length) this.#anchor = null;
    if (same === 0) {
      this.#held = null;
      this.#anchor = null;
      this.away = false;
    }
    this.#laidOut += 1;
    this.#range();
  }

  /** Puts the view where it belongs, once what `sync` changed is on the page. */
  settle(): void {
    this.#place();
  }

  /** Only an upward movement lets go: growth alone also puts the end out of sight for a moment. */
  readonly onscroll = (): void => {
    const scroller = this.#scroller;
    if (!scroller) return;
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    if (left <= NEAR) this.away = false;
    else if (scroller.scrollTop < this.#lastTop - 1) this.away = true;
    if (Math.abs(scroller.scrollTop - this.#lastTop) > 1) this.#anchorHere();
    this.#lastTop = scroller.scrollTop;
    this.#range();
  };

  /** Brings a row to the middle of the view, and lets go of the end. */
  show(index: number): void {
    const view = this.#scroller?.clientHeight ?? 0;
    this.away = true;
    const space = Math.max((view - this.#heights.at(index)) / 2, 24);
    this.#anchor = { index, offset: -space };
    this.#place();
  }

  /** Goes to the end and stays there. */
  pin(): void {
    this.away = false;
    this.#anchor = null;
    this.#place();
  }

  #measure(entries: readonly ResizeObserverEntry[]): void {
    let changed = false;
    for (const { target, borderBoxSize } of entries) {
      const index = (target as HTMLElement).dataset['index'];
      if (index === undefined) changed = true;
      else {
        const height = borderBoxSize[0]?.blockSize ?? 0;
        // A row that is not laid out, in a hidden window for one, says nothing.
        if (height > 0 && this.#heights.set(Number(index), height)) {
          this.#measured.sum += height;
          this.#measured.count += 1;
          changed = true;
        }
      }
    }
    if (!changed) return;
    this.#laidOut += 1;
    this.#place();
  }

  /** Has the page in the state of the heights, then the view where it was. */
  #place(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    flushSync();
    const top = this.#anchor
      ? this.top(this.#anchor.index) + this.#anchor.offset
      : scroller.scrollHeight - scroller.clientHeight;
    if (!this.away) scroller.scrollTop = scroller.scrollHeight;
    else if (this.#anchor && Math.abs(scroller.scrollTop - top) > 0.5) scroller.scrollTop = top;
    this.#lastTop = scroller.scrollTop;
    if (!this.away || this.#isPast()) this.#anchorHere();
    this.#range();
  }

  /** The anchor's row has become so short that it ends above the view: what grows in it moves the view. */
  #isPast(): boolean {
    return this.#anchor !== null && this.#anchor.offset >= this.#heights.at(this.#anchor.index);
  }

  #anchorHere(): void {
    const top = (this.#scroller?.scrollTop ?? 0) - ABOVE;
    const index = this.#heights.indexAt(Math.max(top, 0));
    this.#anchor = { index, offset: top - this.#heights.top(index) };
  }

  #range(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const [top, view] = [scroller.scrollTop - ABOVE, scroller.clientHeight];
    const end = this.#heights.total;
    // The end is where the view is going to be, also before it was scrolled there.
    const seen = this.away ? top : Math.max(end - view, 0);
    this.from = this.#heights.indexAt(Math.max(seen - BEYOND, 0));
    this.to = Math.min(this.#heights.indexAt(seen + view + BEYOND) + 1, this.#heights.count);
  }
}

/** The same message, or a place whose message has come. */
function isSame(before: Row | undefined, after: Row | undefined): boolean {
  return before === null ? after !== undefined : before?.id === after?.id;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(to - from, 0) }, (_, at) => from + at);
}
