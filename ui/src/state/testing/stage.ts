import { FakeBackend } from '../../backend/fake';
import { buildScenario, type Scenario } from '../../backend/fake/scenarios';
import type { PatchOp } from '../../ipc/generated/contract';
import type { AnswerSurface } from '../../transcript/answerSurface';
import { App } from '../app.svelte';

/** A surface that only remembers what it was told. */
export class RecordingSurface implements AnswerSurface {
  readonly ops: PatchOp[] = [];
  settled: readonly string[] | null = null;
  cleared = 0;

  apply(ops: readonly PatchOp[]): void {
    this.ops.push(...ops);
  }

  clear(): void {
    this.ops.length = 0;
    this.cleared += 1;
  }

  settle(blocks: readonly string[]): void {
    this.settled = blocks;
  }

  hear(): void {
    // What is told is the matter of a surface that draws.
  }
}

export interface Stage {
  app: App;
  backend: FakeBackend;
  surfaces: RecordingSurface[];
}

/** The whole state over the fake host, as a scenario has it. */
export async function stage(
  name: string,
  change: (scenario: Scenario) => void = () => undefined,
): Promise<Stage> {
  const scenario = buildScenario(new URLSearchParams({ scenario: name }));
  change(scenario);
  const backend = new FakeBackend(scenario);
  const surfaces: RecordingSurface[] = [];
  const app = new App(backend, () => {
    const surface = new RecordingSurface();
    surfaces.push(surface);
    return surface;
  });
  await app.start();
  const payer = app.session.active;
  if (payer) await app.models.want(payer.id);
  return { app, backend, surfaces };
}
