import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { conversation, ipcError } from '../backend/fake/world';
import { grouped } from './listGroups';
import { Shelves } from './shelves.svelte';
import { stage } from './testing/stage';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const rest = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('a list of thousands', () => {
  it('comes by page, as far as it is looked at', async () => {
    const { app, backend } = await stage('many-conversations');
    expect(app.conversations.list).toHaveLength(100);
    expect(app.conversations.list.length + app.conversations.remaining).toBe(3_007);
    app.conversations.want(60);
    await rest();
    expect(app.conversations.list).toHaveLength(100);
    app.conversations.want(650);
    await rest();
    expect(app.conversations.list).toHaveLength(650);
    app.conversations.want(10_000);
    await rest();
    app.conversations.want(10_000);
    await rest();
    expect(app.conversations.list).toHaveLength(3_007);
    expect(app.conversations.remaining).toBe(0);
    expect(backend.calls.filter((call) => call.startsWith('conversationsList'))).toHaveLength(3);
  });

  it('begins with what is pinned and what lies in folders, whatever its age', async () => {
    const { app } = await stage('many-conversations');
    const groups = grouped(app.conversations.list, Date.now());
    expect(groups[0]?.conversations.map(({ id }) => id)).toEqual(['c-many-2900']);
    expect(groups[1]).toMatchObject({ heading: 'Recipes', folder: true });
    expect(groups[1]?.conversations).toHaveLength(75);
    expect(groups[2]?.conversations[0]?.id).toBe('c-dates');
  });

  it('shows an old conversation where it belongs, and knows it before', async () => {
    const { app } = await stage('many-conversations');
    await app.chat.open('c-many-2000');
    expect(app.chat.conversation?.title).toBe('Conversation 2000');
    expect(app.conversations.list.some(({ id }) => id === 'c-many-2000')).toBe(false);
    await app.conversations.pin('c-many-2000', true);
    expect(app.conversations.list.some(({ id }) => id === 'c-many-2000')).toBe(true);
    await app.conversations.pin('c-many-2000', false);
    expect(app.conversations.list.some(({ id }) => id === 'c-many-2000')).toBe(false);
    app.conversations.want(2_500);
    await rest();
    expect(app.conversations.list.filter(({ id }) => id === 'c-many-2000')).toHaveLength(1);
  });

  it('read anew, it drops what went elsewhere and takes in what came', async () => {
    const { app, backend } = await stage('many-conversations');
    await app.chat.open('c-many-2000');
    await backend.conversationDelete('c-many-3');
    expect(app.conversations.find('c-many-3')).not.toBeNull();
    await backend.conversationPin('c-many-2500', true);
    await app.conversations.load();
    expect(app.conversations.find('c-many-3')).toBeNull();
    expect(app.conversations.find('c-many-2000')).not.toBeNull();
    expect(app.conversations.list.some(({ id }) => id === 'c-many-2500')).toBe(true);
    expect(app.conversations.list).toHaveLength(100);
  });

  it('keeps what it was told since it was asked for over what the answer says', async () => {
    const { app } = await stage('many-conversations');
    const before = app.conversations.find('c-many-4') ?? conversation('c-many-4', '', 0, 0);
    const gone = conversation('c-many-60', 'Gone', 0, 0, { deletedAt: before.updatedAt });
    const loading = app.conversations.load();
    app.conversations.upsert(conversation('c-new', 'New', 0, 0));
    app.conversations.upsert({ ...before, title: 'Told since' });
    await loading;
    expect(app.conversations.find('c-new')).not.toBeNull();
    expect(app.conversations.find('c-many-4')?.title).toBe('Told since');
    app.conversations.want(200);
    app.conversations.upsert(gone);
    await rest();
    expect(app.conversations.find('c-many-61')).not.toBeNull();
    expect(app.conversations.find('c-many-60')).toBeNull();
    await app.conversations.load();
    expect(app.conversations.find('c-new')).toBeNull();
    expect(app.conversations.find('c-many-4')?.title).toBe(before.title);
  });

  it('of two that were asked for, the later one counts, whichever comes first', async () => {
    const { app, backend } = await stage('many-conversations');
    const list = vi.spyOn(backend, 'conversationsList');
    const late = async (answer: ReturnType<typeof backend.conversationsList>): Promise<void> => {
      list.mockImplementationOnce(async () => {
        await new Promise((done) => setTimeout(done, 100));
        return answer;
      });
      const older = app.conversations.load();
      await backend.conversationDelete('c-many-3');
      await app.conversations.load();
      await vi.advanceTimersByTimeAsync(200);
      await older;
    };
    await late(backend.conversationsList({ shelf: 'current', after: null, count: 100 }));
    expect(app.conversations.find('c-many-3')).toBeNull();
    expect(app.conversations.fault).toBeNull();
    await backend.conversationRestore('c-many-3');
    const failure = Promise.reject(ipcError('storageUnavailable'));
    failure.catch(() => undefined);
    await late(failure);
    expect(app.conversations.fault).toBeNull();
  });

  it('a page that does not come is said, and asked for again only with the list', async () => {
    const { app, backend } = await stage('many-conversations');
    const list = vi.spyOn(backend, 'conversationsList').mockRejectedValueOnce(ipcError('storageUnavailable'));
    app.conversations.want(200);
    await rest();
    app.conversations.want(201);
    await rest();
    expect(list).toHaveBeenCalledTimes(1);
    expect(app.conversations.fault).not.toBeNull();
    await app.conversations.load();
    expect(app.conversations.list).toHaveLength(201);
  });

  it('the archive comes by page too', async () => {
    const { app, backend } = await stage('many-conversations');
    for (let n = 0; n < 150; n += 1) await backend.conversationArchive(`c-many-${n}`, true);
    const shelves = new Shelves(backend, app.conversations);
    await shelves.show('archive');
    expect(shelves.list).toHaveLength(100);
    await shelves.more();
    await shelves.more();
    expect(shelves.list).toHaveLength(150);
    expect(shelves.list?.at(-1)?.id).toBe('c-many-149');
  });

  it('a shelf shows what was asked for last, whichever answer comes last', async () => {
    const { app, backend } = await stage('many-conversations');
    for (let n = 0; n < 150; n += 1) await backend.conversationArchive(`c-many-${n}`, true);
    const shelves = new Shelves(backend, app.conversations);
    await shelves.show('archive');
    const answer = backend.conversationsList.bind(backend);
    const list = vi.spyOn(backend, 'conversationsList').mockImplementationOnce(async (params) => {
      const page = await answer(params);
      await new Promise((done) => setTimeout(done, 100));
      return page;
    });
    const more = shelves.more();
    await shelves.takeBack('c-many-5');
    await vi.advanceTimersByTimeAsync(200);
    await more;
    expect(shelves.list?.map(({ id }) => id)).not.toContain('c-many-5');
    list.mockClear();
    const again = shelves.show('archive');
    await shelves.more();
    expect(list).toHaveBeenCalledTimes(1);
    await again;
    await shelves.more();
    expect(shelves.list).toHaveLength(149);
  });

  it('a message that was taken back is not brought back by an older answer', async () => {
    const { app, backend } = await stage('chat');
    await app.chat.open('c-dates');
    const id = app.chat.messages[0]?.id ?? '';
    await app.removeMessage(id);
    const shelves = new Shelves(backend, app.conversations);
    const deleted = await backend.messagesDeleted();
    vi.spyOn(backend, 'messagesDeleted').mockImplementationOnce(async () => {
      await new Promise((done) => setTimeout(done, 100));
      return deleted;
    });
    const shown = shelves.show('bin');
    await rest();
    await shelves.takeBackMessage(id);
    await vi.advanceTimersByTimeAsync(200);
    await shown;
    expect(shelves.messages).toEqual([]);
  });

  it('another shelf shows nothing of the one before', async () => {
    const { app, backend } = await stage('many-conversations');
    await backend.conversationArchive('c-many-1', true);
    const shelves = new Shelves(backend, app.conversations);
    await shelves.show('archive');
    const bin = shelves.show('bin');
    expect(shelves.list).toBeNull();
    await bin;
    expect(shelves.list).toEqual([]);
  });

  it('knows the folders of what is not here yet', async () => {
    const { app } = await stage('many-conversations');
    expect((await app.conversations.names()).folders).toEqual(['Recipes']);
  });
});
