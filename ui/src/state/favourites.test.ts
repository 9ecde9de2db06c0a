import { describe, expect, it } from 'vitest';
import { usd } from '../backend/fake/world';
import type { ModelView } from '../ipc/generated/contract';
import { favouritesFirst, orderModels } from './modelOrder';
import { stage } from './testing/stage';

const model = (id: string, micro: number): ModelView => ({
  id,
  inputPrice: usd(micro),
  outputPrice: usd(micro),
  contextLength: null,
  inputModalities: ['text'],
  features: [],
});

describe('favourites', () => {
  it('stand first, each part in the order that was chosen', () => {
    const models = [model('c', 3), model('a', 2), model('b', 1)];
    const marked = new Set(['a', 'c']);
    const ordered = favouritesFirst(orderModels(models, 'price', []), (id) => marked.has(id));
    expect(ordered.map(({ id }) => id)).toEqual(['a', 'c', 'b']);
  });

  it('are kept by the host, for each provider by itself', async () => {
    const { app, backend } = await stage('chat');
    await app.settings.toggleFavourite('quota', 'gpt-mini');
    expect(app.settings.isFavourite('quota', 'gpt-mini')).toBe(true);
    expect(app.settings.isFavourite('chutes', 'gpt-mini')).toBe(false);
    expect(backend.calls).toContain('settingsSet');
    await app.settings.toggleFavourite('quota', 'gpt-mini');
    expect(app.settings.isFavourite('quota', 'gpt-mini')).toBe(false);
  });
});
