import type { IpcError, MessageView } from '../ipc/generated/contract';
import type { App } from '../state/app.svelte';
import type { ErrorAction } from '../text/errors';

type Steps = Partial<Record<ErrorAction, () => void>>;

/**
 * The next steps that make sense beside a conversation, joined to those of the place itself.
 *
 * @param refused - the answer that is spoken of: it goes on by itself once money has come, or access is allowed.
 * @param error - what it was refused with.
 */
export function chatSteps(
  app: App,
  own: Steps,
  refused: MessageView | null = null,
  error: IpcError | null = null,
): Steps {
  const payer = app.payment.payer(app.chat.conversation);
  const steps: Steps = {
    ...own,
    limits: () => (app.overlay = 'limits'),
    'choose-model': () => (app.pickingModel = true),
    'new-conversation': () => void app.chat.startNew(),
  };
  if (refused) steps['shorter-answer'] = () => void app.chat.retry(refused.id, null, true);
  const again = own.retry;
  const asked = refused
    ? { conversationId: app.chat.id, before: refused.id, text: '', preset: null }
    : app.chat.asked;
  if (error?.code === 'conversationTooLong' && again && asked)
    steps['choose-context'] = () => {
      app.chooseContext(asked, async () => {
        again();
      });
    };
  if (payer) {
    const { id, providerId, playMoney, keyOutlivesSignOut } = payer;
    steps['top-up'] = () => {
      app.attempt(app.wallets.topUp(id, refused?.accountId === id ? refused.id : null));
    };
    const missing = error?.missingScopes ?? null;
    if (missing !== null)
      steps['allow-access'] = () => {
        app.attempt(app.session.consent(refused?.accountId ?? id, missing, () => own.retry?.()));
      };
    if (keyOutlivesSignOut)
      steps['manage-key'] = () => {
        app.attempt(app.backend.accountManageOpen(id));
      };
    steps['sign-in'] = () => void app.session.signIn(providerId);
    steps['session-only'] = () => void app.session.signIn(providerId, 'sessionOnly');
    if (!playMoney)
      steps['set-up'] = () => {
        app.session.openSetup(providerId);
      };
  }
  if (app.session.accounts.length > 1) steps['switch-account'] = () => (app.pickingPayer = true);
  return steps;
}
