import type { ConversationView } from '../ipc/generated/contract';
import { t } from '../text/locale.svelte';
import { dayGroup } from '../text/time';

export interface ConversationGroup {
  heading: string;
  /** The heading is a folder's name. */
  folder?: boolean;
  conversations: ConversationView[];
}

/** The list under headings: pinned ones, folders, then days; `now` in milliseconds. */
export function grouped(list: readonly ConversationView[], now: number): ConversationGroup[] {
  const pinned = list.filter((conversation) => conversation.pinned);
  const others = list.filter(({ pinned, folder }) => !pinned && folder === null);
  return [
    ...(pinned.length > 0 ? [{ heading: t.shelf.pinned, conversations: pinned }] : []),
    ...folders(list),
    ...groupByDay(others, now),
  ];
}

/** Conversations under headings of days; `now` in milliseconds. */
export function groupByDay(list: readonly ConversationView[], now: number): ConversationGroup[] {
  const groups: ConversationGroup[] = [];
  for (const conversation of list) {
    const heading = dayGroup(conversation.updatedAt, now);
    const last = groups.at(-1);
    if (last?.heading === heading) last.conversations.push(conversation);
    else groups.push({ heading, conversations: [conversation] });
  }
  return groups;
}

function folders(list: readonly ConversationView[]): ConversationGroup[] {
  const filed = new Map<string, ConversationView[]>();
  for (const conversation of list) {
    const { pinned, folder } = conversation;
    if (pinned || folder === null) continue;
    const inside = filed.get(folder);
    if (inside) inside.push(conversation);
    else filed.set(folder, [conversation]);
  }
  return [...filed]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([heading, conversations]) => ({ heading, folder: true, conversations }));
}
