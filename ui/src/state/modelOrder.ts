import type { ModelView, PromptCostView } from '../ipc/generated/contract';

/** In which order models stand: as the provider lists them, by name, by price, or by what this message would cost. */
export type ModelOrder = 'listed' | 'name' | 'price' | 'message';

export const modelOrders: readonly ModelOrder[] = ['listed', 'name', 'price', 'message'];

/** Those with the mark before all others, each part in the order that it had. */
export function favouritesFirst(
  models: readonly ModelView[],
  isFavourite: (id: string) => boolean,
): ModelView[] {
  return [...models.filter(({ id }) => isFavourite(id)), ...models.filter(({ id }) => !isFavourite(id))];
}

/** The models in an order; what is not known stands last, in the provider's order. */
export function orderModels(
  models: readonly ModelView[],
  order: ModelOrder,
  costs: readonly PromptCostView[],
): ModelView[] {
  if (order === 'listed') return [...models];
  if (order === 'name') return [...models].sort((a, b) => a.id.localeCompare(b.id));
  const known = new Map(costs.map((cost) => [cost.modelId, cost.high?.micro ?? null]));
  const measure = (model: ModelView): number =>
    (order === 'message' ? known.get(model.id) : (model.outputPrice ?? model.inputPrice)?.micro) ?? Infinity;
  return models
    .map((model) => ({ model, by: measure(model) }))
    .sort((a, b) => (a.by === b.by ? 0 : a.by - b.by))
    .map(({ model }) => model);
}
