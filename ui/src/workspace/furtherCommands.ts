import type { App } from '../state/app.svelte';
import { t } from '../text/locale.svelte';
import { command, type Command } from './command';
import { commandKeyName } from './keyNames';

/** What can be done with the account that pays, and with accounts in general. */
export function ofAccounts(app: App): Command[] {
  const payer = app.payment.payer(app.chat.conversation);
  const own = payer
    ? [
        command('top-up', t.account.topUp, [], () => {
          app.attempt(app.wallets.topUp(payer.id));
        }),
        command('balance', t.account.refresh, [], () => {
          app.attempt(app.wallets.refresh(payer.id), t.account.refreshed);
        }),
        command('sign-out', t.account.signOut, [], () => {
          app.attempt(app.session.signOut(payer.id, false));
        }),
        command('remove-account', t.account.remove, [], () => {
          app.removing = payer.id;
          app.overlay = 'removeAccount';
        }),
      ]
    : [];
  return [
    command('limits', t.limits.title, [], () => (app.overlay = 'limits')),
    ...own,
    command('add-account', t.account.add, [], () => {
      app.session.chooseProvider();
    }),
  ];
}

/** What can be done with everything that is kept on this device. */
export function ofDevice(app: App): Command[] {
  return [
    command('import', t.exchange.import, [], () => {
      app.openSettings('exchange');
    }),
    command('export-all', t.palette.exportAll, [], () => {
      app.openSettings('exchange');
    }),
    command('backup', t.settings.backupNow, [], () => {
      app.attempt(app.backend.backupMake(), t.settings.backupMade);
    }),
    command('backups', t.settings.backups, [], () => {
      app.openSettings('backups');
    }),
    command('data-folder', t.settings.dataOpen, [], () => {
      app.attempt(app.backend.dataFolderOpen());
    }),
    command('doctor', t.doctor.title, [], () => (app.overlay = 'doctor')),
    command('erase', t.leave.eraseOpen, [], () => (app.overlay = 'erase')),
  ];
}

/** How large everything is. */
export function ofSize(app: App): Command[] {
  const key = commandKeyName();
  const steps = [
    ['larger', t.settings.zoomIn, '+', 1],
    ['smaller', t.settings.zoomOut, '−', -1],
    ['usual-size', t.palette.zoomReset, '0', 0],
  ] as const;
  return steps.map(([id, name, letter, direction]) =>
    command(id, name, [key, letter], () => {
      app.attempt(app.settings.zoom(direction));
    }),
  );
}
