import { createSubscriber } from 'svelte/reactivity';

/** The time of day as a signal. Its timer runs only while something on screen reads it. */
export class Clock {
  readonly #seconds = ticker(1000);
  readonly #slow = ticker(15_000);

  /** Milliseconds, renewed every second: for countdowns. */
  get now(): number {
    this.#seconds();
    return Date.now();
  }

  /** Milliseconds, renewed every 15 seconds: for ages. */
  get about(): number {
    this.#slow();
    return Date.now();
  }
}

function ticker(period: number): () => void {
  return createSubscriber((update) => {
    const timer = setInterval(update, period);
    return () => {
      clearInterval(timer);
    };
  });
}
