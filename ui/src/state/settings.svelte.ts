import type { Backend } from '../backend/types';
import type { SettingsView } from '../ipc/generated/contract';
import type { Session } from './session.svelte';

/** What holds until the person chooses. */
export const usualSettings: Readonly<SettingsView> = {
  theme: 'system',
  language: 'system',
  textSize: 'normal',
  zoom: 100,
  sendKey: 'enter',
  checkSpelling: true,
  defaultModels: {},
  favouriteModels: {},
  defaultPreset: null,
  titlesByModel: false,
  sidebarOpen: true,
};

/** The steps of the zoom keys, in percent, as browsers have them. */
const ZOOM_STEPS = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300];

/** What the person chose, changed at once on screen and kept by the host. */
export class Settings {
  readonly #backend: Backend;
  readonly #session: Session;

  constructor(backend: Backend, session: Session) {
    this.#backend = backend;
    this.#session = session;
  }

  get value(): SettingsView {
    return this.#session.view?.settings ?? usualSettings;
  }

  /** Keeps these choices beside those that were made before. */
  async change(choices: Partial<SettingsView>): Promise<void> {
    const before = this.#session.view;
    if (!before) return;
    const settings = { ...this.value, ...choices };
    this.#session.view = { ...before, settings };
    await this.#backend.settingsSet(settings);
  }

  setSidebarOpen(sidebarOpen: boolean): Promise<void> {
    return this.change({ sidebarOpen });
  }

  setDefaultModel(providerId: string, modelId: string): Promise<void> {
    return this.change({ defaultModels: { ...this.value.defaultModels, [providerId]: modelId } });
  }

  /** Whether a model stands first in the picker. */
  isFavourite(providerId: string, modelId: string): boolean {
    return this.value.favouriteModels[providerId]?.includes(modelId) ?? false;
  }

  /** Marks a model as a favourite, or takes the mark away. */
  toggleFavourite(providerId: string, modelId: string): Promise<void> {
    const before = this.value.favouriteModels[providerId] ?? [];
    const others = before.filter((id) => id !== modelId);
    const marked = others.length < before.length ? others : [...others, modelId];
    return this.change({ favouriteModels: { ...this.value.favouriteModels, [providerId]: marked } });
  }

  /** Everything a step larger (1), smaller (-1), or as it was drawn (0). */
  zoom(direction: -1 | 0 | 1): Promise<void> {
    const { zoom } = this.value;
    if (direction === 0) return this.change({ zoom: usualSettings.zoom });
    const next =
      direction > 0 ? ZOOM_STEPS.find((step) => step > zoom) : ZOOM_STEPS.findLast((step) => step < zoom);
    return this.change({ zoom: next ?? zoom });
  }
}
