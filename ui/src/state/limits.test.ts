import { describe, expect, it } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { buildScenario } from '../backend/fake/scenarios';
import { LimitsEditor, typedAmount } from './limits.svelte';

async function editor(
  person: { saysYes?: boolean } = {},
): Promise<{ limits: LimitsEditor; backend: FakeBackend }> {
  const scenario = buildScenario(new URLSearchParams({ scenario: 'chat' }));
  const backend = new FakeBackend({ ...scenario, ...person });
  const limits = new LimitsEditor(backend);
  await limits.load();
  return { limits, backend };
}

describe('limits', () => {
  it('are lowered at once', async () => {
    const { limits } = await editor();
    await limits.set('usd', 'day', 1_000_000);
    expect(limits.state?.limits.usd.day).toBe(1_000_000);
    await limits.set('usd', 'message', 50_000);
    expect(limits.state?.limits.usd.message).toBe(50_000);
  });

  it('are raised only once the person agreed, which is asked outside of this page', async () => {
    const { limits } = await editor();
    await limits.set('usd', 'day', 9_000_000);
    expect(limits.state?.limits.usd.day).toBe(2_000_000);

    const agreed = await editor({ saysYes: true });
    await agreed.limits.set('usd', 'day', null);
    expect(agreed.limits.state?.limits.usd.day).toBeNull();
  });

  it('of one kind of money leave the other alone', async () => {
    const { limits } = await editor();
    await limits.set('play', 'day', 5);
    expect(limits.state?.limits.usd.day).toBe(2_000_000);
  });
});

describe('a typed amount', () => {
  it('is read as units with a point or a comma', () => {
    expect(typedAmount('2')).toBe(2_000_000);
    expect(typedAmount('$0.05')).toBe(50_000);
    expect(typedAmount('0,5')).toBe(500_000);
  });

  it('may be nothing, and is not guessed', () => {
    expect(typedAmount('  ')).toBeNull();
    for (const text of ['two', '-1', '1.2.3', '1e9', '99999999']) expect(typedAmount(text)).toBeUndefined();
  });
});
