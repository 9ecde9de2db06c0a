import { describe, expect, it } from 'vitest';
import { stage } from '../state/testing/stage';
import { commands } from './commands';

describe('the list of commands', () => {
  it('opens everything that can cover the window', async () => {
    const { app } = await stage('chat');
    await app.chat.open('c-dates');
    const opened = commands(app)
      .filter(({ id }) => !['new', 'archive', 'delete', 'sign-out', 'again', 'stop'].includes(id))
      .map(({ run }) => {
        app.overlay = null;
        run();
        return app.overlay as string | null;
      });
    const covers = [
      'limits',
      'usage',
      'shortcuts',
      'settings',
      'search',
      'export',
      'instructions',
      'shelves',
    ];
    for (const cover of [...covers, 'folder', 'doctor', 'erase', 'removeAccount'])
      expect(opened).toContain(cover);
  });

  it('names each once, and each key once', async () => {
    const { app } = await stage('chat');
    await app.chat.open('c-dates');
    const list = commands(app);
    const keys = list.filter((command) => command.keys.length > 0).map((command) => command.keys.join(' '));
    for (const values of [list.map(({ id }) => id), list.map(({ name }) => name), keys]) {
      expect(new Set(values).size).toBe(values.length);
    }
  });

  it('goes to the part of the settings that a command is about', async () => {
    const { app } = await stage('chat');
    const backups = commands(app).find(({ id }) => id === 'backups');
    backups?.run();
    expect(app.overlay).toBe('settings');
    expect(app.settingsPart).toBe('backups');
  });
});
