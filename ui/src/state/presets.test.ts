import { describe, expect, it } from 'vitest';
import { variablesOf } from '../backend/fake/presets';
import { stage } from './testing/stage';

const START = { id: null, temperature: null, topP: null, maxTokens: null, modelId: null };

describe('presets', () => {
  it('ask for their variables before anything is sent', async () => {
    const { app, backend } = await stage('presets');
    app.presets.choose('preset-translator');
    app.chat.draft.text = 'Good morning';
    await app.chat.send();
    expect(app.presets.missing).toEqual(['language', 'reader']);
    expect(app.presets.asked).toBe(1);
    expect(app.chat.id).toBeNull();
    app.presets.values = { language: ' Frisian ', reader: 'a child' };
    await app.chat.send();
    expect(app.chat.id).not.toBeNull();
    expect(backend.sent?.preset).toEqual({
      presetId: 'preset-translator',
      values: { language: 'Frisian', reader: 'a child' },
    });
    app.chat.draft.text = 'And good night';
    await app.chat.stop();
  });

  it('bring their model, which a choice of the person wins over', async () => {
    const { app } = await stage('presets');
    expect(app.payment.modelId(null)).toBe('claude-sonnet');
    app.presets.choose('preset-translator');
    expect(app.payment.modelId(null)).toBe('gpt-mini');
    await app.payment.chooseModel(null, 'llama-small');
    expect(app.payment.modelId(null)).toBe('llama-small');
    app.presets.choose(null);
    expect(app.payment.modelId(null)).toBe('llama-small');
  });

  it('begin every new conversation where one is the default, until it is gone', async () => {
    const { app } = await stage('presets');
    await app.settings.change({ defaultPreset: 'preset-reviewer' });
    await app.chat.startNew();
    expect(app.presets.chosen?.name).toBe('Reviewer of changes');
    const reviewer = app.presets.chosen;
    if (reviewer) await app.removePreset(reviewer);
    expect(app.presets.chosen).toBeNull();
    app.toasts.list[0]?.action?.run();
    await expect.poll(() => app.presets.list.length).toBe(2);
    expect(app.presets.chosen?.name).toBe('Reviewer of changes');
  });

  it('are kept and changed', async () => {
    const { app } = await stage('presets');
    const kept = await app.presets.save({ ...START, name: 'Cook', instructions: 'For {{guests}}, {{date}}' });
    expect(kept.variables).toEqual(['guests']);
    await app.presets.save({ ...START, id: kept.id, name: 'Chef', instructions: '' });
    expect(app.presets.list.map(({ name }) => name)).toEqual(['Chef', 'Reviewer of changes', 'Translator']);
  });

  it('name each variable once', () => {
    expect(variablesOf('{{a}} {{ b c }} {{a}} {{date}} {{}}')).toEqual(['a', 'b c']);
  });
});
