import type {
  AccountView,
  AppView,
  BalanceView,
  DataFolderView,
  ModelView,
  PendingSignInView,
  SettingsView,
  SignInOutcome,
  SignInStartParams,
  SignInWay,
  SignedOutAccountView,
} from '../../ipc/generated/contract';
import type { FakeHost } from './host';
import { devicePrompt } from './device';
import { account, ahead, chutesAccount, ipcError, newId, pendingSignIn, sandboxAccount } from './world';

/** Milliseconds after which the fake browser comes back. */
const BROWSER_TAKES = 1500;

/** Milliseconds after which a top-up arrives. */
export const MONEY_TAKES = 6000;

/** What differs between an attempt in the browser and one on another device. */
function inTheirPlace(way: SignInWay): Pick<PendingSignInView, 'way' | 'offersDevice' | 'device'> {
  return { way, offersDevice: true, device: way === 'device' ? devicePrompt() : null };
}

/** Signing in and out, wallets and settings of the fake host. */
export class FakeAccounts {
  protected readonly host: FakeHost;
  #browser: ReturnType<typeof setTimeout> | null = null;

  constructor(host: FakeHost) {
    this.host = host;
  }

  /** The development server's page is nobody's. */
  appAtStart(): AppView | null {
    return null;
  }

  async appGet(): Promise<AppView> {
    return this.host.answer('appGet', this.host.world.view);
  }

  async signInStart({ providerId, persistence, way }: SignInStartParams): Promise<PendingSignInView> {
    const providerName =
      this.host.world.view.providers.find(({ id }) => id === providerId)?.name ?? providerId;
    const pending = pendingSignIn({
      ...inTheirPlace(way),
      id: newId('sign-in'),
      providerId,
      providerName,
      deadlineAt: ahead(300),
    });
    this.host.update({ pendingSignIn: pending });
    const fault = persistence === 'keychain' ? this.host.scenario.signInFault : undefined;
    this.#browser = setTimeout(() => {
      if (fault) this.#endSignIn({ type: 'failed', error: ipcError(fault) });
      else this.#signedIn(providerId, persistence);
    }, BROWSER_TAKES);
    return this.host.answer('signInStart', pending);
  }

  async consentStart(accountId: string, scopes: string): Promise<PendingSignInView> {
    const account = this.host.world.view.accounts.find(({ id }) => id === accountId);
    if (!account) throw ipcError('notFound');
    const { providerId, providerName } = account;
    const pending = pendingSignIn({ id: newId('sign-in'), providerId, providerName, deadlineAt: ahead(300) });
    this.host.update({ pendingSignIn: pending });
    this.#browser = setTimeout(() => {
      const grantedScopes = [...account.grantedScopes, ...scopes.split(' ')];
      const { accounts } = this.host.world.view;
      this.host.update({
        accounts: accounts.map((one) => (one.id === accountId ? { ...one, grantedScopes } : one)),
      });
      this.#endSignIn({ type: 'signedIn', accountId });
    }, BROWSER_TAKES);
    return this.host.answer(`consentStart ${scopes}`, pending);
  }

  async signInSwitch(signInId: string, way: SignInWay): Promise<PendingSignInView> {
    const pending = { ...this.#expectPending(signInId), ...inTheirPlace(way), id: newId('sign-in') };
    if (this.#browser !== null) clearTimeout(this.#browser);
    this.host.update({ pendingSignIn: pending });
    this.#browser = setTimeout(() => {
      this.#signedIn(pending.providerId, 'keychain');
    }, BROWSER_TAKES);
    return this.host.answer(`signInSwitch ${way}`, pending);
  }

  async signInOpenAgain(signInId: string): Promise<void> {
    this.#expectPending(signInId);
    return this.host.answer('signInOpenAgain', undefined);
  }

  async signInCopyLink(signInId: string): Promise<void> {
    this.#expectPending(signInId);
    return this.host.answer('signInCopyLink', undefined);
  }

  async signInPaste(signInId: string, address: string): Promise<void> {
    const pending = this.#expectPending(signInId);
    if (!address.startsWith('http://127.0.0.1:')) throw ipcError('redirectInvalid');
    this.#signedIn(pending.providerId, 'keychain');
    return this.host.answer('signInPaste', undefined);
  }

  async signInCancel(signInId: string): Promise<void> {
    this.#expectPending(signInId);
    this.#endSignIn({ type: 'cancelled' });
    return this.host.answer('signInCancel', undefined);
  }

  async signOut(accountId: string, endBrowserSession: boolean): Promise<void> {
    const left = this.host.account(accountId);
    const { id, providerId, providerName, displayName } = left;
    this.host.world.signedOut.push({ id, providerId, providerName, displayName });
    const accounts = this.host.world.view.accounts.filter((one) => one !== left);
    this.host.update({ accounts, activeAccountId: accounts[0]?.id ?? null });
    return this.host.answer(`signOut ${accountId} ${String(endBrowserSession)}`, undefined);
  }

  async accountsSignedOut(): Promise<SignedOutAccountView[]> {
    const { signedOut, view } = this.host.world;
    const left = signedOut.filter(({ id }) => !view.accounts.some((one) => one.id === id));
    return this.host.answer('accountsSignedOut', left);
  }

  async accountActivate(accountId: string): Promise<void> {
    this.host.account(accountId);
    this.host.update({ activeAccountId: accountId });
    return this.host.answer(`accountActivate ${accountId}`, undefined);
  }

  async balanceRefresh(accountId: string): Promise<BalanceView> {
    const { balance } = this.host.account(accountId);
    const fresh =
      balance.type === 'known' ? { ...balance, asOf: new Date().toISOString(), stale: false } : balance;
    this.host.setBalance(accountId, fresh);
    return this.host.answer('balanceRefresh', fresh);
  }

  async topUpOpen(accountId: string, _messageId: string | null): Promise<void> {
    const { balance } = this.host.account(accountId);
    setTimeout(() => {
      if (balance.type !== 'known') return;
      const amount = { ...balance.amount, micro: balance.amount.micro + 5_000_000 };
      this.host.setBalance(accountId, { ...balance, amount, asOf: new Date().toISOString() });
    }, MONEY_TAKES);
    return this.host.answer(`topUpOpen ${accountId}`, undefined);
  }

  async accountManageOpen(_accountId: string): Promise<void> {
    return this.host.answer('accountManageOpen', undefined);
  }

  async modelsList(accountId: string): Promise<ModelView[]> {
    return this.host.answer('modelsList', this.host.world.models.get(accountId) ?? []);
  }

  async settingsSet(settings: SettingsView): Promise<void> {
    this.host.update({ settings });
    return this.host.answer('settingsSet', undefined);
  }

  async dataFolderGet(): Promise<DataFolderView> {
    return this.host.answer('dataFolderGet', { path: '/home/ada/.local/share/tuppence' });
  }

  async dataFolderOpen(): Promise<void> {
    return this.host.answer('dataFolderOpen', undefined);
  }

  async storageNoticeDismiss(): Promise<void> {
    this.host.update({ storageNotice: null });
    return this.host.answer('storageNoticeDismiss', undefined);
  }

  #expectPending(id: string): PendingSignInView {
    const pending = this.host.world.view.pendingSignIn;
    if (pending?.id !== id) throw ipcError('notFound');
    return pending;
  }

  #signedIn(providerId: string, persistence: SignInStartParams['persistence']): void {
    const make =
      { sandbox: sandboxAccount, chutes: chutesAccount }[providerId] ?? (() => account(`${providerId}-1`));
    const newcomer: AccountView = { ...make(), session: { type: 'signedIn', persistence } };
    const others = this.host.world.view.accounts.filter(({ id }) => id !== newcomer.id);
    this.host.update({ accounts: [...others, newcomer], activeAccountId: newcomer.id });
    this.#endSignIn({ type: 'signedIn', accountId: newcomer.id });
  }

  #endSignIn(outcome: SignInOutcome): void {
    if (this.#browser !== null) clearTimeout(this.#browser);
    this.host.update({ pendingSignIn: null });
    for (const listener of this.host.ended) listener(structuredClone(outcome));
  }
}
