import type {
  AskedParams,
  ContextPlanView,
  ContextRuleName,
  PresetParams,
  PresetView,
  SentPartView,
} from '../../ipc/generated/contract';
import { FakeCompose } from './compose';
import { ipcError, newId, usd } from './world';

/** Presets of the fake host, and what it sends of a conversation that is too long. */
export class FakePresets extends FakeCompose {
  readonly #deleted = new Map<string, PresetView>();

  async presetsList(): Promise<PresetView[]> {
    return this.host.answer('presetsList', [...this.host.world.presets.values()].sort(byName));
  }

  async presetSave(params: PresetParams): Promise<PresetView> {
    const id = params.id ?? newId('preset');
    const kept = { ...params, id, variables: variablesOf(params.instructions) };
    this.host.world.presets.set(id, kept);
    return this.host.answer(`presetSave ${params.name}`, kept);
  }

  async presetDelete(presetId: string): Promise<void> {
    const gone = this.host.world.presets.get(presetId);
    if (!gone) throw ipcError('notFound');
    this.#deleted.set(presetId, gone);
    this.host.world.presets.delete(presetId);
    return this.host.answer(`presetDelete ${presetId}`, undefined);
  }

  async presetRestore(presetId: string): Promise<void> {
    const back = this.#deleted.get(presetId);
    if (!back) throw ipcError('notFound');
    this.host.world.presets.set(presetId, back);
    return this.host.answer(`presetRestore ${presetId}`, undefined);
  }

  async contextPlan(accountId: string, modelId: string, asked: AskedParams): Promise<ContextPlanView> {
    const { conversationId } = asked;
    const rule = conversationId === null ? 'whole' : this.host.conversation(conversationId).context;
    const whole = part(48, 36_400);
    const recent = part(31, 24_800);
    const plan: ContextPlanView = {
      rule,
      window: 32_768,
      sent: rule === 'whole' ? whole : recent,
      fits: rule !== 'whole',
      whole,
      recent,
      summary: { covers: 30, low: usd(5_200), high: usd(9_800), then: part(18, 14_100) },
      roomier: modelId === 'gpt-mini' ? [] : ['gpt-mini'],
    };
    return this.host.answer(`contextPlan ${accountId} ${modelId}`, plan);
  }

  async contextChoose(conversationId: string, rule: ContextRuleName): Promise<void> {
    this.host.change({ ...this.host.conversation(conversationId), context: rule });
    return this.host.answer(`contextChoose ${rule}`, undefined);
  }

  async contextSummarise(_accountId: string, modelId: string, asked: AskedParams): Promise<boolean> {
    if (asked.conversationId === null) throw ipcError('notFound');
    this.host.change({ ...this.host.conversation(asked.conversationId), context: 'summary' });
    return this.host.answer(`contextSummarise ${modelId}`, true);
  }

  async contextStop(conversationId: string): Promise<void> {
    return this.host.answer(`contextStop ${conversationId}`, undefined);
  }
}

const part = (messages: number, tokens: number): SentPartView => ({
  messages,
  tokens,
  low: usd(tokens * 3),
  high: usd(tokens * 3 + 18_000),
});

const byName = (a: PresetView, b: PresetView): number => a.name.localeCompare(b.name);

/** As the core reads them: each once, the date never. */
export function variablesOf(instructions: string): string[] {
  const names = [...instructions.matchAll(/\{\{\s*([\p{L}\p{N}_\- ]+?)\s*\}\}/gu)].map(
    ([, name]) => name ?? '',
  );
  return [...new Set(names)].filter((name) => name !== 'date');
}
