import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ipcError } from '../backend/fake/world';
import { commands, findCommands } from '../workspace/commands';
import { grouped } from './listGroups';
import { Shelves } from './shelves.svelte';
import { stage } from './testing/stage';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the list', () => {
  it('has pinned conversations first, then folders, then days', async () => {
    const { app } = await stage('chat');
    await app.conversations.pin('c-soap', true);
    await app.conversations.file('c-chess', ' Games ');
    await app.conversations.file('c-piano', 'Games');
    const groups = grouped(app.conversations.list, Date.now());
    expect(groups[0]?.conversations.map(({ id }) => id)).toEqual(['c-soap']);
    expect(groups[1]?.heading).toBe('Games');
    expect(groups[1]?.conversations).toHaveLength(2);
    expect((await app.conversations.names()).folders).toEqual(['Games']);
    await app.conversations.file('c-chess', '  ');
    expect(app.conversations.find('c-chess')?.folder).toBeNull();
  });

  it('a conversation that is archived leaves it, and can be taken back', async () => {
    const { app, backend } = await stage('chat');
    await app.chat.open('c-dates');
    await app.archiveConversation('c-dates');
    const listed = (): boolean => app.conversations.list.some(({ id }) => id === 'c-dates');
    expect(listed()).toBe(false);
    expect(app.chat.id).toBeNull();
    const shelves = new Shelves(backend, app.conversations);
    await shelves.show('archive');
    expect(shelves.list?.map(({ id }) => id)).toEqual(['c-dates']);
    await shelves.takeBack('c-dates');
    expect(shelves.list).toEqual([]);
    expect(listed()).toBe(true);
  });

  it('an archived conversation that is opened has its name and its menu', async () => {
    const { app, backend } = await stage('chat');
    await backend.conversationArchive('c-dates', true);
    await app.conversations.load();
    await app.chat.open('c-dates');
    expect(app.chat.conversation).toMatchObject({ id: 'c-dates', archived: true });
    await app.conversations.load();
    expect(app.chat.conversation).not.toBeNull();
    expect(app.conversations.list.map(({ id }) => id)).not.toContain('c-dates');
    await app.conversations.archive('c-dates', false);
    expect(app.conversations.list.map(({ id }) => id)).toContain('c-dates');
  });

  it('a message that was deleted lies there too, and comes back to where it was', async () => {
    const { app, backend } = await stage('chat');
    await app.chat.open('c-dates');
    const [asked] = app.chat.messages;
    await app.removeMessage(asked?.id ?? '');
    expect(app.chat.messages).toHaveLength(0);
    const shelves = new Shelves(backend, app.conversations);
    await shelves.show('bin');
    expect(shelves.messages).toMatchObject([{ id: asked?.id, conversationId: 'c-dates', messages: 2 }]);
    await shelves.takeBackMessage(asked?.id ?? '');
    expect(shelves.messages).toEqual([]);
    await app.chat.open('c-dates', asked?.id);
    expect(app.chat.messages[0]?.id).toBe(asked?.id);
    expect(app.chat.messages).toHaveLength(2);
  });

  it('has what an import took in, also of a file that failed', async () => {
    const { app, backend } = await stage('chat');
    await backend.conversationDelete('c-soap');
    await app.conversations.load();
    vi.spyOn(backend, 'conversationsImport').mockImplementationOnce(async () => {
      await backend.conversationRestore('c-soap');
      throw ipcError('storageUnavailable');
    });
    await app.importFile(new File(['['], 'Conversations.json'));
    expect(app.toasts.list).toHaveLength(1);
    expect(app.conversations.find('c-soap')).not.toBeNull();
  });

  it('the bin can be emptied, and says which backups still hold the words', async () => {
    const { app, backend } = await stage('chat');
    await app.conversations.remove('c-soap');
    const shelves = new Shelves(backend, app.conversations);
    await shelves.show('bin');
    expect(shelves.list).toHaveLength(1);
    await shelves.emptyBin();
    expect(shelves.list).toEqual([]);
    expect(shelves.emptied).toMatchObject({ conversations: 1, copiesLeft: 2 });
    await shelves.purgeBackups();
    expect(await backend.backupsList()).toEqual([]);
  });
});

describe('finding in a conversation', () => {
  it('begins at the newest message and goes round', async () => {
    const { app } = await stage('long');
    await app.chat.open('c-dates');
    app.find.open = true;
    app.find.look('question 24');
    await vi.advanceTimersByTimeAsync(300);
    // 24 and 240 to 249.
    expect(app.find.found).toHaveLength(11);
    expect(app.find.at).toBe(10);
    expect(app.chat.target).toBe(app.find.found[10]?.messageId);
    app.find.step(1);
    await vi.advanceTimersByTimeAsync(10);
    expect(app.find.at).toBe(0);
    expect(app.chat.branch.indexOf(app.find.found[0]?.messageId ?? '')).toBe(46);
    app.find.look('nowhere at all');
    await vi.advanceTimersByTimeAsync(300);
    expect(app.find.looked).toBe(true);
    expect(app.find.found).toEqual([]);
    app.find.close();
    expect(app.find.words).toBe('');
  });
});

describe('the list of commands', () => {
  it('has what can be done now, found by the beginnings of their words', async () => {
    const { app } = await stage('chat');
    const ids = (): string[] => commands(app).map(({ id }) => id);
    expect(ids()).not.toContain('rename');
    await app.chat.open('c-dates');
    expect(ids()).toEqual(expect.arrayContaining(['rename', 'pin', 'archive', 'find', 'again', 'shelves']));
    expect(findCommands(commands(app), 'SEARCH every').map(({ id }) => id)).toEqual(['search']);
    expect(new Set(ids()).size).toBe(ids().length);
  });
});
