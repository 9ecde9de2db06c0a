/** How near the end counts as at the end, in CSS pixels. */
const NEAR = 32;

/**
 * Keeps a growing scroller at its end, for as long as the person leaves it there. WebKitGTK has no
 * scroll anchoring of its own.
 */
export class PinnedScroll {
  /** The person has scrolled away from the end. */
  away = $state(false);
  #scroller: HTMLElement | null = null;
  #lastTop = 0;

  readonly attach = (scroller: HTMLElement): (() => void) => {
    this.#scroller = scroller;
    const resized = new ResizeObserver(() => {
      if (!this.away) this.#toEnd();
    });
    const children = new MutationObserver(() => {
      watch();
    });
    const watch = (): void => {
      resized.disconnect();
      resized.observe(scroller);
      for (const child of scroller.children) resized.observe(child);
    };
    watch();
    children.observe(scroller, { childList: true });
    return () => {
      resized.disconnect();
      children.disconnect();
      this.#scroller = null;
    };
  };

  /** Only an upward movement lets go: growth alone also puts the end out of sight for a moment. */
  readonly onscroll = (): void => {
    const scroller = this.#scroller;
    if (!scroller) return;
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    if (left <= NEAR) this.away = false;
    else if (scroller.scrollTop < this.#lastTop - 1) this.away = true;
    this.#lastTop = scroller.scrollTop;
  };

  /** Lets something be put in above what is in view, and leaves what is in view where it is. */
  async keepPlace(change: () => Promise<void>): Promise<void> {
    const before = this.#scroller?.scrollHeight ?? 0;
    await change();
    if (!this.#scroller) return;
    if (this.away) this.#scroller.scrollTop += this.#scroller.scrollHeight - before;
    else this.#toEnd();
    this.#lastTop = this.#scroller.scrollTop;
  }

  /** Brings an element into view, and lets go of the end. */
  show(element: HTMLElement): void {
    this.away = true;
    element.scrollIntoView({ block: 'center' });
    if (this.#scroller) this.#lastTop = this.#scroller.scrollTop;
    element.classList.add('sought');
    const settled = (): void => {
      element.classList.remove('sought');
    };
    element.addEventListener('animationend', settled, { once: true });
  }

  /** Goes to the end and stays there. */
  pin(): void {
    this.away = false;
    this.#toEnd();
  }

  #toEnd(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    scroller.scrollTop = scroller.scrollHeight;
    this.#lastTop = scroller.scrollTop;
  }
}
