import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { buildScenario } from '../backend/fake/scenarios';
import { later } from '../later/later.svelte';
import Root from '../Root.svelte';
import { App } from '../state/app.svelte';
import { DomAnswerSurface } from './answerSurface';

// An answer that is asked for again would go on streaming after its test.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function show(query: string): Promise<{ app: App; backend: FakeBackend }> {
  const scenario = buildScenario(new URLSearchParams(query));
  const backend = new FakeBackend(scenario);
  const app = new App(backend, () => new DomAnswerSurface());
  render(Root, { app });
  await Promise.all([app.start(), later.read()]);
  if (scenario.open !== undefined) await app.chat.open(scenario.open);
  const payer = app.session.active;
  if (payer) await app.models.want(payer.id);
  await tick();
  return { app, backend };
}

const byId = (id: string): HTMLElement => screen.getByTestId(id);

describe('an answer that was paid for and did not come', () => {
  it('says how much, how that is known, and what can be sent to the provider', async () => {
    const { backend } = await show('scenario=lost');
    const [dropped, lost] = screen.getAllByTestId('loss');
    expect(dropped?.dataset['cause']).toBe('begunAnew');
    expect(lost?.textContent).toContain('0.66¢');
    expect(lost?.textContent).toContain('estimate');
    expect(byId('error-action-retry')).toBeTruthy();
    await fireEvent.click(byId('loss-report'));
    const copied = backend.calls.find((call) => call.startsWith('textCopy'));
    expect(copied).toContain('claude-sonnet');
    expect(copied).not.toContain('halves');
  });

  it('is told when that becomes known after its end', async () => {
    const { app, backend } = await show('scenario=errors&code=streamInterrupted');
    expect(screen.queryByTestId('loss')).toBeNull();
    const message = app.chat.messages.at(-1);
    if (!message) throw new Error('there is an answer');
    const cost = { amount: { type: 'usd', micro: 700 }, label: 'estimate' } as const;
    backend.messageBecomes({ ...message, loss: { cause: 'noWords', cost } });
    await tick();
    expect(byId('loss').textContent).toContain('0.07¢');
  });
});

describe('room for an answer', () => {
  it('that was lowered stays with the answer', async () => {
    await show('scenario=lost');
    expect(byId('lowered').textContent).toContain('800');
  });

  it('can be asked to be less where the wallet does not cover the worst case', async () => {
    const { app } = await show('scenario=errors&code=reservationTooLarge');
    const refused = app.chat.messages.at(-1)?.id;
    await fireEvent.click(byId('error-action-shorter-answer'));
    await tick();
    expect(app.chat.messages.at(-1)?.id).not.toBe(refused);
  });
});

describe('the model picker', () => {
  it('marks a favourite by key, which then stands first', async () => {
    const { app } = await show('scenario=chat');
    app.pickingModel = true;
    await tick();
    const last = screen.getAllByTestId('model-option').at(-1);
    if (!last) throw new Error('there are models');
    const id = last.querySelector('.id')?.textContent;
    await fireEvent.keyDown(last, { key: 'f' });
    await tick();
    expect(screen.getAllByTestId('model-option')[0]?.querySelector('.id')?.textContent).toBe(id);
    expect(byId('price-source').textContent).toContain('Quota');
  });

  it('draws some of hundreds of models, and more as one goes on', async () => {
    const { app } = await show('scenario=many-models');
    app.pickingModel = true;
    await tick();
    const drawn = screen.getAllByTestId('model-option');
    expect(drawn.length).toBeLessThan(40);
    drawn.at(-1)?.focus();
    await tick();
    expect(screen.getAllByTestId('model-option').length).toBeGreaterThan(drawn.length);
  });
});
