/** How many messages are shown in the first frame: more than fill the largest window. */
const FIRST = 40;

/**
 * Shows the end of a long list at once and the rest in the frames that follow, so that opening a
 * conversation costs the same however long it is.
 */
export class GradualList {
  #shown = $state(FIRST);

  /** A list is shown anew. */
  restart(): void {
    this.#shown = FIRST;
  }

  /** Which entry is the first one shown, of so many. */
  from(total: number): number {
    return Math.max(0, total - this.#shown);
  }

  /** Shows more of so many; once all are shown, whatever is added is shown at once. */
  more(total: number): void {
    this.#shown = this.#shown * 2 >= total ? Infinity : this.#shown * 2;
  }
}
