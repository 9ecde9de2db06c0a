import { describe, expect, it } from 'vitest';
import type { ModelView } from '../ipc/generated/contract';
import { orderModels } from './modelOrder';

const model = (id: string, output: number | null): ModelView => ({
  id,
  inputPrice: null,
  outputPrice: output === null ? null : { type: 'usd', micro: output },
  contextLength: null,
  inputModalities: [],
  features: [],
});
const models = [model('b', 9), model('unknown', null), model('a', 3), model('free', 0)];
const ids = (list: readonly ModelView[]): string[] => list.map(({ id }) => id);

describe('the order of models', () => {
  it('is the provider’s, or by name', () => {
    expect(ids(orderModels(models, 'listed', []))).toEqual(['b', 'unknown', 'a', 'free']);
    expect(ids(orderModels(models, 'name', []))).toEqual(['a', 'b', 'free', 'unknown']);
  });

  it('puts the cheapest first, and what has no known price last', () => {
    expect(ids(orderModels(models, 'price', []))).toEqual(['free', 'a', 'b', 'unknown']);
  });

  it('goes by what this very message would cost', () => {
    const cost = (modelId: string, micro: number) => ({
      modelId,
      low: null,
      high: { type: 'usd' as const, micro },
    });
    expect(ids(orderModels(models, 'message', [cost('a', 7), cost('b', 2)]))).toEqual([
      'b',
      'a',
      'unknown',
      'free',
    ]);
  });
});
