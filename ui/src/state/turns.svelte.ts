import { SvelteMap } from 'svelte/reactivity';
import type { Backend } from '../backend/types';
import type {
  ConversationView,
  CostView,
  MessageView,
  TurnEditParams,
  TurnEvent,
  TurnRetryParams,
  TurnSendParams,
  TurnStarted,
  UsageView,
} from '../ipc/generated/contract';
import type { AnswerSurface } from '../transcript/answerSurface';

/** Told once per turn, with the answer as stored and its conversation's new totals. */
export type OnTurnEnded = (message: MessageView, conversation: ConversationView) => void;

/** What is told of turns while they last, to those who hear the window. */
export interface Heard {
  /** An answer begins. */
  started: (message: MessageView) => void;
  /** A block of the answer with this id will not change any more. */
  block: (messageId: string, words: string) => void;
}

const UNHEARD: Heard = { started: () => undefined, block: () => undefined };

/** An answer that is arriving. */
export class LiveTurn {
  turnId = $state('');
  reasoning = $state('');
  usage = $state.raw<UsageView | null>(null);
  cost = $state.raw<CostView | null>(null);
  restarted = $state(false);
  /** The answer may not be as long as it could, and why. */
  lowered = $state.raw<Extract<TurnEvent, { type: 'lowered' }> | null>(null);
  /** Words have begun to arrive. */
  speaking = $state(false);
  /** Stop was asked for. */
  stopping = $state(false);
  /** Milliseconds; when the first words came. */
  firstWordAt: number | null = null;

  readonly surface: AnswerSurface;
  readonly #onEnded: OnTurnEnded;

  constructor(surface: AnswerSurface, onEnded: OnTurnEnded) {
    this.surface = surface;
    this.#onEnded = onEnded;
  }

  /** Tokens a second since the first word; null until it means something. */
  rate(now: number): number | null {
    if (!this.usage || this.firstWordAt === null) return null;
    const seconds = (now - this.firstWordAt) / 1000;
    return seconds < 1 ? null : Math.round(this.usage.outputTokens / seconds);
  }

  handle(event: TurnEvent): void {
    switch (event.type) {
      case 'patch':
        if (event.ops.length > 0) {
          this.speaking = true;
          this.firstWordAt ??= Date.now();
          this.surface.apply(event.ops);
        }
        if (event.reasoning !== '') {
          this.firstWordAt ??= Date.now();
          this.reasoning += event.reasoning;
        }
        return;
      case 'running':
        this.usage = event.usage;
        this.cost = event.cost;
        return;
      case 'lowered':
        this.lowered = event;
        return;
      case 'restarted':
        this.restarted = true;
        this.speaking = false;
        this.reasoning = '';
        this.surface.clear();
        return;
      case 'ended':
        this.surface.settle(event.message.blocks);
        this.#onEnded(event.message, event.conversation);
        return;
    }
  }
}

/** Every turn under way, by the id of the answer it writes. */
export class Turns {
  readonly #backend: Backend;
  readonly #createSurface: () => AnswerSurface;
  readonly #live = new SvelteMap<string, LiveTurn>();
  readonly #onEnded: OnTurnEnded;
  readonly #heard: Heard;

  constructor(
    backend: Backend,
    createSurface: () => AnswerSurface,
    onEnded: OnTurnEnded,
    heard: Heard = UNHEARD,
  ) {
    this.#backend = backend;
    this.#createSurface = createSurface;
    this.#onEnded = onEnded;
    this.#heard = heard;
  }

  live(messageId: string): LiveTurn | null {
    return this.#live.get(messageId) ?? null;
  }

  send(params: TurnSendParams, onStarted: (started: TurnStarted) => void): Promise<void> {
    return this.#run(
      (turn) =>
        this.#backend.turnSend(params, (event) => {
          turn.handle(event);
        }),
      onStarted,
    );
  }

  retry(params: TurnRetryParams, onStarted: (started: TurnStarted) => void): Promise<void> {
    return this.#run(
      (turn) =>
        this.#backend.turnRetry(params, (event) => {
          turn.handle(event);
        }),
      onStarted,
    );
  }

  edit(params: TurnEditParams, onStarted: (started: TurnStarted) => void): Promise<void> {
    return this.#run(
      (turn) =>
        this.#backend.turnEdit(params, (event) => {
          turn.handle(event);
        }),
      onStarted,
    );
  }

  /** Follows a turn that this window did not start, unless it does already. */
  async attach(messageId: string, turnId: string): Promise<void> {
    if (this.#live.has(messageId)) return;
    const turn = new LiveTurn(this.#createSurface(), this.#end);
    turn.turnId = turnId;
    this.#live.set(messageId, turn);
    let following = false;
    try {
      await this.#backend.turnAttach(turnId, (event) => {
        turn.handle(event);
        // What was there before is read where it stands.
        if (!following) this.#hear(turn, messageId);
        following = true;
      });
    } catch (thrown) {
      this.#live.delete(messageId);
      throw thrown;
    }
  }

  async stop(messageId: string): Promise<void> {
    const turn = this.#live.get(messageId);
    if (!turn || turn.turnId === '') return;
    turn.stopping = true;
    try {
      await this.#backend.turnStop(turn.turnId);
    } catch (thrown) {
      turn.stopping = false;
      throw thrown;
    }
  }

  #hear(turn: LiveTurn, messageId: string): void {
    turn.surface.hear((words) => {
      this.#heard.block(messageId, words);
    });
  }

  readonly #end: OnTurnEnded = (message, conversation) => {
    this.#live.delete(message.id);
    this.#onEnded(message, conversation);
  };

  /** A short turn can end before the call that started it returns: `ended` then waits its turn. */
  async #run(
    call: (turn: LiveTurn) => Promise<TurnStarted>,
    onStarted: (started: TurnStarted) => void,
  ): Promise<void> {
    const early: Parameters<OnTurnEnded>[] = [];
    let known = false;
    const turn = new LiveTurn(this.#createSurface(), (...end) => {
      if (known) this.#end(...end);
      else early.push(end);
    });
    const started = await call(turn);
    turn.turnId = started.turnId;
    this.#live.set(started.assistantMessage.id, turn);
    onStarted(started);
    this.#heard.started(started.assistantMessage);
    this.#hear(turn, started.assistantMessage.id);
    known = true;
    for (const end of early) this.#end(...end);
  }
}
