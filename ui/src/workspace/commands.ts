import type { App } from '../state/app.svelte';
import { t } from '../text/locale.svelte';
import { command, type Command } from './command';
import { ofAccounts, ofDevice, ofSize } from './furtherCommands';
import { commandKeyName } from './keyNames';

/** Everything that can be done at the moment, in the order of how often it is wanted. */
export function commands(app: App): Command[] {
  const { chat } = app;
  const key = commandKeyName();
  const open = chat.conversation;
  const answer = chat.messages.findLast(({ role }) => role === 'assistant');
  const list: (Command | false)[] = [
    command('new', t.sidebar.newConversation, [key, 'N'], () => (app.asked = 'new')),
    command('search', t.search.title, [key, 'K'], () => (app.overlay = 'search')),
    open !== null && command('find', t.find.title, [key, 'F'], () => (app.find.open = true)),
    chat.streaming !== null &&
      command('stop', t.palette.stop, [t.keys.escape], () => {
        app.attempt(chat.stop());
      }),
    answer !== undefined &&
      chat.streaming === null &&
      command('again', t.palette.answerAgain, [], () => void chat.retry(answer.id)),
    answer !== undefined &&
      command('copy', t.palette.copyAnswer, [], () => {
        app.attempt(app.backend.messageCopy(answer.id), t.copied);
      }),
    command('model', t.composer.chooseModel, ['/'], () => (app.pickingModel = true)),
    app.session.accounts.length > 1 &&
      command('payer', t.composer.payer, [], () => (app.pickingPayer = true)),
    ...(open === null ? [] : ofConversation(app, open)),
    command('usage', t.usage.title, [key, 'U'], () => (app.overlay = 'usage')),
    command('shelves', t.shelf.open, [], () => (app.overlay = 'shelves')),
    command('presets', t.presets.title, [], () => (app.overlay = 'presets')),
    command('sidebar', t.sidebar.toggle, [key, 'B'], () => (app.asked = 'sidebar')),
    ...ofAccounts(app),
    command('settings', t.settings.title, [key, ','], () => (app.overlay = 'settings')),
    ...ofDevice(app),
    ...ofSize(app),
    ...(['light', 'dark', 'system'] as const).map((theme) =>
      command(theme, t.palette[theme], [], () => {
        app.attempt(app.settings.change({ theme }));
      }),
    ),
    command('shortcuts', t.shortcuts.title, ['?'], () => (app.overlay = 'shortcuts')),
  ];
  return list.filter((entry) => entry !== false);
}

function ofConversation(app: App, open: { id: string; pinned: boolean; archived: boolean }): Command[] {
  const { id, pinned, archived } = open;
  const asked = app.chat.streaming === null ? app.chat.lastAsked() : null;
  const list: (Command | false)[] = [
    asked !== null &&
      command('edit', t.palette.editLast, ['↑'], () => {
        app.chat.editing.begin({ id: asked.id, text: asked.text });
        app.chat.target = asked.id;
      }),
    command('rename', t.conversation.rename, [], () => (app.renaming = true)),
    command('pin', pinned ? t.conversation.unpin : t.conversation.pin, [], () => {
      app.attempt(app.conversations.pin(id, !pinned));
    }),
    command('folder', t.conversation.folder, [], () => (app.overlay = 'folder')),
    command('archive', archived ? t.shelf.unarchive : t.conversation.archive, [], () => {
      app.attempt(archived ? app.conversations.archive(id, false) : app.archiveConversation(id));
    }),
    command('export', t.exchange.title, [], () => (app.overlay = 'export')),
    command('instructions', t.instructions.title, [], () => (app.overlay = 'instructions')),
    command('delete', t.conversation.remove, [], () => {
      app.attempt(app.removeConversation(id));
    }),
  ];
  return list.filter((entry) => entry !== false);
}

/** The commands whose name holds every word of the query, in their own order. */
export function findCommands(list: readonly Command[], query: string): Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return list.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}
