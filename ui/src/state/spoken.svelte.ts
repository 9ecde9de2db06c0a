/** Blocks that are kept: what was told is not told again when it goes. */
const KEPT = 12;

/** How long the last words stay after an answer has ended, in milliseconds: speech takes its time. */
const STAY = 15_000;

/** A block of an answer, told once. */
interface Told {
  id: number;
  words: string;
}

/** What is told to screen readers, politely: that an answer begins and ends, and its blocks as they finish. */
export class Spoken {
  /** The last thing that happened. */
  status = $state('');
  /** Grows with each: the same words are told again. */
  count = $state(0);
  blocks = $state.raw<readonly Told[]>([]);
  #next = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Says what happened. */
  say(words: string): void {
    this.status = words;
    this.count += 1;
  }

  /** Tells a finished block. */
  tell(words: string): void {
    if (words === '') return;
    clearTimeout(this.#timer);
    this.#next += 1;
    this.blocks = [...this.blocks, { id: this.#next, words }].slice(-KEPT);
  }

  /** The answer is over: its blocks are in the transcript, where they are read again. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.blocks = []), STAY);
  }
}
