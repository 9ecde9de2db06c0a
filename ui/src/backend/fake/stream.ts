import type {
  AmountView,
  ConversationView,
  MessageView,
  PatchOp,
  UsageView,
} from '../../ipc/generated/contract';
import type { OnTurnEvent } from '../types';
import { finished, script, type ScriptedBlock } from './answers';

interface StreamOptions {
  turnId: string;
  message: MessageView;
  conversation: ConversationView;
  blocks: ScriptedBlock[];
  /** What a token costs, in millionths. */
  perToken: number;
  kind: AmountView['type'];
  pauseAfter: number | null;
  /** Milliseconds between two steps. */
  step: number;
  /** Stores the answer and hands back its conversation with new totals. */
  onEnded: (message: MessageView) => ConversationView;
}

/** Milliseconds between two steps: about what a brisk model does. */
export const STEP = 40;

/** One answer of the fake host, arriving step by step to everyone who listens. */
export class FakeStream {
  readonly turnId: string;
  readonly #options: StreamOptions;
  readonly #ops: PatchOp[];
  readonly #listeners = new Set<OnTurnEvent>();
  #done = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(options: StreamOptions) {
    this.turnId = options.turnId;
    this.#options = options;
    this.#ops = script(options.blocks);
  }

  start(listener: OnTurnEvent): void {
    this.#listeners.add(listener);
    this.#timer = setInterval(() => {
      this.#step();
    }, this.#options.step);
  }

  attach(listener: OnTurnEvent): void {
    listener({ type: 'patch', ops: this.#ops.slice(0, this.#done), reasoning: '' });
    this.#listeners.add(listener);
  }

  stop(): void {
    this.#end('stopped');
  }

  #step(): void {
    const op = this.#ops[this.#done];
    if (!op) {
      this.#end('complete');
      return;
    }
    if (this.#options.pauseAfter !== null && this.#done >= this.#options.pauseAfter) return;
    this.#done += 1;
    this.#tell({ type: 'patch', ops: [op], reasoning: '' });
    this.#tell({
      type: 'running',
      usage: this.#usage(),
      cost: { amount: this.#amount(), label: 'computed' },
    });
  }

  #end(how: 'complete' | 'stopped'): void {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
    const all = finished(this.#options.blocks);
    const begun = this.#ops.slice(0, this.#done).filter(({ op }) => op === 'append').length;
    const message: MessageView = {
      ...this.#options.message,
      blocks: how === 'complete' ? all : all.slice(0, begun),
      status: { type: how },
      usage: this.#usage(),
      cost: { amount: this.#amount(), label: how === 'complete' ? 'reported' : 'estimate' },
    };
    this.#tell({ type: 'ended', message, conversation: this.#options.onEnded(message) });
  }

  #usage(): UsageView {
    return { inputTokens: 128, cachedTokens: 0, outputTokens: this.#done * 6, reasoningTokens: 0 };
  }

  #amount(): AmountView {
    return { type: this.#options.kind, micro: Math.round((128 + this.#done * 6) * this.#options.perToken) };
  }

  #tell(event: Parameters<OnTurnEvent>[0]): void {
    for (const listener of this.#listeners) listener(structuredClone(event));
  }
}
