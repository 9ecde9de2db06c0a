import { SvelteMap } from 'svelte/reactivity';
import type { AccountView, ConversationView, ModelView } from '../ipc/generated/contract';
import type { Models } from './models.svelte';
import type { Session } from './session.svelte';
import type { Settings } from './settings.svelte';

/** The key of the conversation that does not exist yet. */
const NEW = '';

/** What a turn needs to know. */
export interface Choice {
  accountId: string;
  modelId: string;
}

/** Who pays for the next message, and which model answers it. */
export class Payment {
  readonly #session: Session;
  readonly #settings: Settings;
  readonly #models: Models;
  readonly #payers = new SvelteMap<string, string>();
  readonly #choices = new SvelteMap<string, string>();
  /** The model that goes with what a new conversation begins with. */
  #suggested = $state<string | null>(null);

  constructor(session: Session, settings: Settings, models: Models) {
    this.#session = session;
    this.#settings = settings;
    this.#models = models;
  }

  /** The account chosen here, else the one that paid for this conversation before, else the active one. */
  payer(conversation: ConversationView | null): AccountView | null {
    const chosen = this.#payers.get(conversation?.id ?? NEW) ?? conversation?.accountId ?? null;
    return this.#session.account(chosen) ?? this.#session.active;
  }

  /** The models that the payer can ask. */
  models(conversation: ConversationView | null): ModelView[] {
    const payer = this.payer(conversation);
    const list = payer ? this.#models.list(payer.id) : null;
    return list?.type === 'loaded' ? list.models : [];
  }

  /** The model chosen here, else the conversation's, else the provider's default, else the first. */
  modelId(conversation: ConversationView | null): string | null {
    const payer = this.payer(conversation);
    if (!payer) return null;
    const models = this.models(conversation);
    const wishes = [
      this.#choices.get(choiceKey(conversation, payer)),
      conversation ? conversation.modelId : this.#suggested,
      this.#settings.value.defaultModels[payer.providerId],
    ];
    const wish = wishes.find((id) => id && (models.length === 0 || models.some((model) => model.id === id)));
    return wish ?? models[0]?.id ?? null;
  }

  /**
   * Payer and model of the next message; null where nobody can pay. Right after a sign-in the models
   * may still be on their way, and are waited for; that they cannot be had is thrown.
   */
  async choice(conversation: ConversationView | null): Promise<Choice | null> {
    const payer = this.payer(conversation);
    if (!payer) return null;
    if (this.modelId(conversation) === null) await this.#models.want(payer.id);
    const modelId = this.modelId(conversation);
    if (modelId !== null) return { accountId: payer.id, modelId };
    const list = this.#models.list(payer.id);
    if (list?.type === 'failed') throw list.error;
    return null;
  }

  /** Lets this account pay for this conversation, and for new ones. */
  async choosePayer(conversation: ConversationView | null, accountId: string): Promise<void> {
    this.#payers.set(conversation?.id ?? NEW, accountId);
    await this.#session.activate(accountId);
  }

  /** Asks this model here, and first in new conversations. */
  async chooseModel(conversation: ConversationView | null, modelId: string): Promise<void> {
    const payer = this.payer(conversation);
    if (!payer) return;
    this.#choices.set(choiceKey(conversation, payer), modelId);
    await this.#settings.setDefaultModel(payer.providerId, modelId);
  }

  /** A new conversation starts from the active account and the default model again. */
  startNew(): void {
    this.#payers.delete(NEW);
    this.suggest(null);
  }

  /** Lets a new conversation ask this model unless the person chooses another one; `null`: the usual one. */
  suggest(modelId: string | null): void {
    this.#suggested = modelId;
    for (const key of this.#choices.keys()) if (key.startsWith(`${NEW}\n`)) this.#choices.delete(key);
  }
}

function choiceKey(conversation: ConversationView | null, payer: AccountView): string {
  return `${conversation?.id ?? NEW}\n${payer.id}`;
}
