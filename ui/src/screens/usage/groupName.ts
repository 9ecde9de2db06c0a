import type { SpendingBy } from '../../ipc/generated/contract';
import type { App } from '../../state/app.svelte';
import type { UsageRow } from '../../state/usage.svelte';
import { formatDate } from '../../text/formatters';
import { t } from '../../text/locale.svelte';

/** A day or a month as people write it. */
export function groupName(by: 'day' | 'month', name: string): string {
  const [year = 0, month = 1, day = 1] = name.split('-').map(Number);
  const date = new Date(year, month - 1, day);
  return formatDate(
    date,
    t.tags.months,
    by === 'day' ? { day: 'numeric', month: 'short' } : { month: 'short', year: 'numeric' },
  );
}

/** The name to show for any group; the host names accounts by their ids. */
export function shownName(app: App, by: SpendingBy, { name, title }: UsageRow): string {
  switch (by) {
    case 'day':
    case 'month':
      return groupName(by, name);
    case 'account': {
      const account = app.session.account(name);
      return account ? `${account.displayName} · ${account.providerName}` : t.usage.formerAccount;
    }
    case 'conversation':
      return title === null ? t.usage.formerConversation : title || t.conversation.untitled;
    case 'purpose':
      return name in t.usage.purposes ? t.usage.purposes[name as keyof typeof t.usage.purposes] : name;
    case 'model':
      return name;
  }
}
