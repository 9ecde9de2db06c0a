import type { Backend } from '../backend/types';
import type { SignedOutAccountView } from '../ipc/generated/contract';

/** Accounts that were signed out on this device and not removed from it. */
export class SignedOut {
  accounts = $state.raw<SignedOutAccountView[]>([]);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  account(id: string | null): SignedOutAccountView | null {
    return this.accounts.find((account) => account.id === id) ?? null;
  }

  /** Reads who there is: another program may have signed somebody out meanwhile. */
  async read(): Promise<void> {
    this.accounts = await this.#backend.accountsSignedOut();
  }
}
