import type { Backend } from '../backend/types';
import type {
  AccountView,
  AppView,
  MetadataDifferenceView,
  IpcError,
  KeyTermsParams,
  PendingSignInView,
  Persistence,
  ProviderView,
  SignInOutcome,
  SignInWay,
} from '../ipc/generated/contract';
import { accountColours } from '../components/accountColours';
import { toIpcError } from '../text/ipcError';

/** Which part of the window has the turn when nobody is in the browser. */
export type Screen =
  | { type: 'home' }
  | { type: 'chooseProvider' }
  | { type: 'setup'; providerId: string; differences?: MetadataDifferenceView[] }
  | { type: 'keyTerms'; providerId: string };

export interface SignInFailure {
  providerId: string;
  error: IpcError;
}

/** Who is signed in, and every attempt to be. */
export class Session {
  /** The whole application as the host last told it; null before the first answer. */
  view = $state.raw<AppView | null>(null);
  startFault = $state.raw<IpcError | null>(null);
  signInFailure = $state.raw<SignInFailure | null>(null);
  screen = $state.raw<Screen>({ type: 'home' });
  /** An account just signed in to, to be named before it is first used. */
  newcomerId = $state<string | null>(null);
  /** A sign-in was asked for and has no page yet. */
  starting = $state<string | null>(null);

  readonly #colours = $derived(accountColours(this.accounts.map(({ id }) => id)));
  readonly #backend: Backend;
  /** What goes on once the person has allowed what was missing. */
  #afterConsent: (() => void) | null = null;
  #outcomes = 0;
  #lastProviderId: string | null = null;
  /** Where the last attempt was to be answered: what is tried again is tried the same way. */
  #lastWay: SignInWay = 'browser';

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get accounts(): AccountView[] {
    return this.view?.accounts ?? [];
  }

  /** A colour per account id; no two accounts share one. */
  get colours(): Map<string, string> {
    return this.#colours;
  }

  get providers(): ProviderView[] {
    return this.view?.providers ?? [];
  }

  get pending(): PendingSignInView | null {
    return this.view?.pendingSignIn ?? null;
  }

  get active(): AccountView | null {
    return this.account(this.view?.activeAccountId ?? null) ?? this.accounts[0] ?? null;
  }

  get newcomer(): AccountView | null {
    return this.account(this.newcomerId);
  }

  account(id: string | null): AccountView | null {
    return this.accounts.find((account) => account.id === id) ?? null;
  }

  provider(id: string): ProviderView | null {
    return this.providers.find((provider) => provider.id === id) ?? null;
  }

  /** Shows what came with the page. Says whether anything did. */
  begin(): boolean {
    this.view = this.#backend.appAtStart();
    return this.view !== null;
  }

  /** Subscribes first and asks second, so that no change falls between the two. */
  async load(): Promise<void> {
    this.startFault = null;
    let told = false;
    try {
      await Promise.all([
        this.#backend.onAppChanged((view) => {
          told = true;
          this.view = view;
        }),
        this.#backend.onSignInEnded((outcome) => {
          this.#signInEnded(outcome);
        }),
      ]);
      const view = await this.#backend.appGet();
      if (!told) this.view = view;
    } catch (thrown) {
      this.startFault = toIpcError(thrown);
    }
  }

  /** Starts a sign-in, or leads to the set-up that must come first. */
  async signIn(providerId: string, persistence: Persistence = 'keychain'): Promise<void> {
    const provider = this.provider(providerId);
    if (!provider?.ready) this.openSetup(providerId);
    else if (provider.takesKeyTerms && persistence === 'keychain') this.#openKeyTerms(providerId);
    else await this.#startSignIn(providerId, persistence);
  }

  /** Tries a sign-in that failed once more, in the same place. */
  async tryAgain(providerId: string): Promise<void> {
    const onDevice = this.#lastWay === 'device' && this.provider(providerId)?.ready;
    if (onDevice) await this.#startSignIn(providerId, 'keychain', null, 'device');
    else await this.signIn(providerId);
  }

  /** Starts a sign-in that ends in a key, which these terms are asked of. */
  async signInWithTerms(providerId: string, terms: KeyTermsParams): Promise<void> {
    await this.#startSignIn(providerId, 'keychain', terms);
  }

  /** A failure that led here stays in sight. */
  #openKeyTerms(providerId: string): void {
    this.screen = { type: 'keyTerms', providerId };
  }

  /** Starts a sign-in with a provider that was set up this moment. */
  async signInAfterSetup(providerId: string): Promise<void> {
    // Where a failure leads back to: a provider that was added just now has got its id.
    this.screen = { type: 'setup', providerId };
    await this.#startSignIn(providerId, 'keychain');
  }

  async #startSignIn(
    providerId: string,
    persistence: Persistence,
    terms: KeyTermsParams | null = null,
    way: SignInWay = 'browser',
  ): Promise<void> {
    this.signInFailure = null;
    const outcomes = this.#outcomes;
    this.#lastProviderId = providerId;
    this.starting = providerId;
    this.#lastWay = way;
    try {
      const pending = await this.#backend.signInStart({ providerId, persistence, terms, way });
      this.#started(pending, outcomes);
    } catch (thrown) {
      this.signInFailure = { providerId, error: toIpcError(thrown) };
    } finally {
      this.starting = null;
    }
  }

  /**
   * Asks for scopes that an account lacks.
   *
   * @param scopes - space separated, as the failure named them.
   * @param then - what was refused for want of them; it is left alone if they are not allowed.
   */
  async consent(accountId: string, scopes: string, then: () => void): Promise<void> {
    const outcomes = this.#outcomes;
    const pending = await this.#backend.consentStart(accountId, scopes);
    this.#afterConsent = then;
    this.#started(pending, outcomes);
  }

  /** Lets the person answer in another place. */
  async switchTo(way: SignInWay): Promise<void> {
    if (!this.pending) return;
    const outcomes = this.#outcomes;
    const pending = await this.#backend.signInSwitch(this.pending.id, way);
    this.#lastWay = way;
    this.#started(pending, outcomes);
  }

  async openAgain(): Promise<void> {
    if (this.pending) await this.#backend.signInOpenAgain(this.pending.id);
  }

  async copyLink(): Promise<void> {
    if (this.pending) await this.#backend.signInCopyLink(this.pending.id);
  }

  async pasteAddress(address: string): Promise<void> {
    if (this.pending) await this.#backend.signInPaste(this.pending.id, address);
  }

  async cancelSignIn(): Promise<void> {
    if (!this.pending) return;
    const { id } = this.pending;
    this.#setPending(null);
    await this.#backend.signInCancel(id);
  }

  async signOut(accountId: string, endBrowserSession: boolean): Promise<void> {
    if (this.newcomerId === accountId) this.newcomerId = null;
    await this.#backend.signOut(accountId, endBrowserSession);
  }

  /** Takes the account off this device; signs it out if need be. */
  async remove(accountId: string): Promise<void> {
    if (this.newcomerId === accountId) this.newcomerId = null;
    await this.#backend.accountRemove(accountId);
  }

  async activate(accountId: string): Promise<void> {
    if (this.view) this.view = { ...this.view, activeAccountId: accountId };
    await this.#backend.accountActivate(accountId);
  }

  /** @param differences - what its discovery document has otherwise, if that is known. */
  openSetup(providerId: string, differences: MetadataDifferenceView[] = []): void {
    this.signInFailure = null;
    this.screen = { type: 'setup', providerId, differences };
  }

  chooseProvider(): void {
    this.signInFailure = null;
    this.screen = { type: 'chooseProvider' };
  }

  goHome(): void {
    this.signInFailure = null;
    this.screen = { type: 'home' };
  }

  /**
   * Shows an attempt that the host answered with. A broadcast may have overtaken the answer, and then it
   * knows better: of how far the attempt is, or that it is over.
   */
  #started(pending: PendingSignInView, outcomes: number): void {
    if (outcomes === this.#outcomes && this.pending?.id !== pending.id) this.#setPending(pending);
  }

  #setPending(pendingSignIn: PendingSignInView | null): void {
    if (this.view) this.view = { ...this.view, pendingSignIn };
  }

  #signInEnded(outcome: SignInOutcome): void {
    this.#outcomes += 1;
    const providerId = this.pending?.providerId ?? this.#lastProviderId ?? '';
    this.#setPending(null);
    const then = this.#afterConsent;
    this.#afterConsent = null;
    if (outcome.type === 'signedIn' && then !== null) {
      then();
    } else if (outcome.type === 'signedIn') {
      this.screen = { type: 'home' };
      this.newcomerId = outcome.accountId;
    } else if (outcome.type === 'failed') {
      this.signInFailure = { providerId, error: outcome.error };
    }
  }
}
