import type { Backend } from '../backend/types';
import type { SettingsView, Theme } from '../ipc/generated/contract';
import type { Session } from './session.svelte';

/** What the person chose, changed at once on screen and kept by the host. */
export class Settings {
  readonly #backend: Backend;
  readonly #session: Session;

  constructor(backend: Backend, session: Session) {
    this.#backend = backend;
    this.#session = session;
  }

  get value(): SettingsView {
    return this.#session.view?.settings ?? { theme: 'system', defaultModels: {}, sidebarOpen: true };
  }

  setTheme(theme: Theme): Promise<void> {
    return this.#change({ ...this.value, theme });
  }

  setSidebarOpen(sidebarOpen: boolean): Promise<void> {
    return this.#change({ ...this.value, sidebarOpen });
  }

  setDefaultModel(providerId: string, modelId: string): Promise<void> {
    return this.#change({
      ...this.value,
      defaultModels: { ...this.value.defaultModels, [providerId]: modelId },
    });
  }

  async #change(settings: SettingsView): Promise<void> {
    const before = this.#session.view;
    if (!before) return;
    this.#session.view = { ...before, settings };
    await this.#backend.settingsSet(settings);
  }
}
