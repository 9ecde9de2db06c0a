import type { Backend } from '../backend/types';
import type { PresetParams, PresetUseParams, PresetView } from '../ipc/generated/contract';
import type { Payment } from './payment.svelte';
import type { Settings } from './settings.svelte';

/** What conversations can begin with, and what the next one begins with. */
export class Presets {
  list = $state.raw<readonly PresetView[]>([]);
  #chosenId = $state<string | null>(null);
  /** What was typed, by variable; it stays when another preset asks for the same. */
  values = $state<Record<string, string>>({});
  /** Grows each time that a variable without a value keeps a message from being sent. */
  asked = $state(0);

  readonly #backend: Backend;
  readonly #settings: Settings;
  readonly #payment: Payment;

  constructor(backend: Backend, settings: Settings, payment: Payment) {
    this.#backend = backend;
    this.#settings = settings;
    this.#payment = payment;
  }

  get chosen(): PresetView | null {
    return this.list.find(({ id }) => id === this.#chosenId) ?? null;
  }

  /** The chosen preset's variables that have no value yet. */
  get missing(): readonly string[] {
    return (this.chosen?.variables ?? []).filter((name) => (this.values[name] ?? '').trim() === '');
  }

  /** What the next conversation begins with. */
  get use(): PresetUseParams | null {
    const { chosen } = this;
    if (!chosen) return null;
    const values = Object.fromEntries(
      chosen.variables.map((name) => [name, (this.values[name] ?? '').trim()]),
    );
    return { presetId: chosen.id, values };
  }

  async load(): Promise<void> {
    this.list = await this.#backend.presetsList();
  }

  /** Begins the next conversation with a preset, or with none. */
  choose(id: string | null): void {
    this.#chosenId = id;
    this.#payment.suggest(this.chosen?.modelId ?? null);
  }

  /** A new conversation begins with what the person chose for all of them. */
  startNew(): void {
    this.values = {};
    this.choose(this.#settings.value.defaultPreset);
  }

  async save(params: PresetParams): Promise<PresetView> {
    const kept = await this.#backend.presetSave(params);
    await this.load();
    return kept;
  }

  async remove(id: string): Promise<void> {
    await this.#backend.presetDelete(id);
    await this.load();
  }

  async restore(id: string): Promise<void> {
    await this.#backend.presetRestore(id);
    await this.load();
  }
}
