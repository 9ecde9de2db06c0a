import type { ConversationView } from '../ipc/generated/contract';

/** Conversations by id. It is never changed, but replaced. */
export type Known = ReadonlyMap<string, ConversationView>;

/** These conversations; of two with one id the later. */
export function knownOf(conversations: Iterable<ConversationView>): Known {
  return new Map([...conversations].map((one) => [one.id, one]));
}

export function withOne(known: Known, conversation: ConversationView): Known {
  return new Map(known).set(conversation.id, conversation);
}

export function without(known: Known, id: string): Known {
  const others = new Map(known);
  others.delete(id);
  return others;
}
