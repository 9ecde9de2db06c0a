/** Accounts, their sessions and their balance. */
export const accounts = {
  account: {
    menu: 'Account',
    pays: 'Pays for new messages',
    add: 'Add account…',
    topUp: 'Add credits…',
    refresh: 'Check the balance',
    signOut: 'Sign out',
    signOutBrowser: 'Sign out here and in the browser',
    signOutKey: (provider: string) => `Sign out and delete the key at ${provider}…`,
    keyStays: (provider: string) =>
      `Signing out forgets the key here. It stays valid until you delete it at ${provider}.`,
    signOutStays: 'Conversations, costs and the account’s name stay here.',
    remove: 'Remove this account…',
    settings: 'Settings…',
    shortcuts: 'Keyboard shortcuts',
    stale: 'last known',
    refreshed: 'Balance is up to date',
    signedInAs: (name: string, provider: string) =>
      `Signed in as ${name} at ${provider}. New conversations are paid from this account.`,
    notMe: 'Not me',
    right: 'That’s me',
  },

  signedOut: {
    title: 'Signed out on this computer',
    signIn: 'Sign in again',
    signInAs: (name: string, provider: string) => `Sign in again as ${name} at ${provider}`,
    remove: (name: string) => `Remove ${name} from this device`,
    hint: 'Only the name is kept. What was said and paid is there again once you are signed in.',
  },

  payerQuestion: {
    title: (name: string) => `Let ${name} pay from here on?`,
    body: (provider: string) =>
      `This conversation then goes on at ${provider}, which reads what was said so far. What was paid stays paid.`,
    keep: 'Leave it',
    change: 'Let them pay',
  },

  banner: {
    reauth: (provider: string) =>
      `${provider} wants you to sign in again. Your conversations and drafts are safe.`,
    signIn: 'Sign in again',
    keychain: 'Your keychain cannot be read, so this account cannot pay at the moment.',
    keychainHint:
      'Unlock it and try again, or sign in until you quit: then nothing is stored on this computer.',
    tryAgain: 'Try again',
    sessionOnly: 'Sign in until I quit',
    sessionOnlyActive: 'You are signed in until you quit. Nothing is stored on this computer.',
    details: 'Details',
    watching: (age: string) => `Waiting for your credits to arrive. Checked ${age}.`,
    watchingBlind: 'Waiting for your credits to arrive.',
    check: 'Check now',
    goesOn: 'Your message then goes on by itself, once.',
    stay: 'I’ll send it myself',
    risen: (balance: string) => `Your balance is now ${balance}.`,
  },
} as const;
