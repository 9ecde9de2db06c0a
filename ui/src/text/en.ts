import type { AmountLabel, StorageNoticeKind, Theme } from '../ipc/generated/contract';

export { actionLabels, errorTexts } from './errors';

/** The sentences of the window, in English. Sentences with a name in them are functions. */
export const en = {
  app: 'Tuppence',

  welcome: {
    title: 'Pay as you ask',
    lead: 'Any model, paid from your own account, with the price under each answer. You sign in from your browser, so no password or card number comes near this app.',
    addTitle: 'Add an account',
    addLead: 'Each account has its own wallet. You choose who pays, message by message.',
    playMoney: 'Try it with play money',
    playMoneyHint: 'A practice wallet that lives on this computer.',
    wallet: 'or with real money of your own',
    signIn: (provider: string) => `Sign in with ${provider}`,
    other: 'Another provider…',
    setUpFirst: 'needs setting up once',
    back: 'Back',
  },

  waiting: {
    title: 'Over to your browser',
    lead: (provider: string) =>
      `The sign-in page of ${provider} is open there. Once you have allowed access, you land here again.`,
    failedTitle: 'Your browser did not open',
    failedLead: (provider: string) =>
      `Copy the link, open it in any browser on this computer and sign in at ${provider}. You land here again afterwards.`,
    preparing: 'Getting the sign-in page ready…',
    finishing: 'Checking what came back…',
    openAgain: 'Open again',
    copyLink: 'Copy link',
    copied: 'Copied',
    paste: 'Paste the address',
    pasteLabel: 'Address from the browser',
    pasteHint: 'If the browser shows an error page at 127.0.0.1, copy its whole address into this field.',
    pasteSubmit: 'Use it',
    cancel: 'Cancel',
    left: (time: string) => `${time} left`,
  },

  setup: {
    title: (provider: string) => `Set up ${provider}`,
    otherTitle: 'Set up another provider',
    leadSecret: (provider: string) =>
      `${provider} hands a secret to each app that registers. One shipped inside a program could be read by anybody, so you register your own and your keychain looks after it.`,
    leadPublic: (provider: string) =>
      `${provider} wants to know which app is asking. Register one there, once; no secret is needed.`,
    leadOther:
      'Any provider with OpenID Connect and an OpenAI-compatible API will do. Its documentation names these values.',
    create: (provider: string) => `Create an app at ${provider}`,
    createOther: 'Name the provider',
    open: (host: string) => `Open ${host}`,
    addresses: 'Register these redirect addresses',
    addressAnyPort: 'Register this redirect address',
    anyPort:
      'Choose a native or desktop app there. Its port is drawn anew each time, which such providers allow (RFC 8252, section 7.3).',
    scopes: 'and allow these scopes',
    unusableTitle: 'One of these values cannot be used',
    unusableBody: 'The details say which one. Nothing was saved.',
    values: 'Enter what it shows you',
    clientId: 'Client ID',
    clientIdHint: 'Shown on the app’s page at the provider.',
    secret: 'Client secret',
    secretOptional: 'Client secret, if it gave you one',
    secretKept: 'A secret is in your keychain. Leave this empty to keep it.',
    secretFromEnvironment: 'A secret comes from this computer’s environment.',
    secretPromise: 'Goes straight to your keychain. This window forgets it.',
    fromEnvironment: 'Set by this computer’s environment.',
    fromBuild: 'Came with this copy of Tuppence.',
    fromSetUp: 'What you entered before.',
    name: 'Name',
    nameHint: 'How you want to call it here.',
    issuer: 'Issuer address',
    issuerHint: 'Where people sign in, for example https://login.example.org',
    apiBase: 'API address',
    apiBaseHint: 'For example https://api.example.org/v1',
    scopesField: 'Scopes',
    scopesFieldHint: 'Separated by spaces. openid and profile are usual.',
    show: 'Show the secret',
    hide: 'Hide the secret',
    submit: 'Save and sign in',
    saving: 'Saving…',
  },

  search: {
    title: 'Search everything',
    placeholder: 'Words you remember',
    hint: 'Messages that hold every word you type, latest first. Beginnings of words count.',
    nothing: 'No message holds all of these words.',
    failed: 'The search could not be done.',
    hits: (count: number) => (count === 1 ? '1 message' : `${String(count)} messages`),
  },

  sidebar: {
    search: 'Search everything',
    newConversation: 'New conversation',
    toggle: 'Show or hide the sidebar',
    conversations: 'Conversations',
    empty: 'What you ask will be listed here, with what it cost.',
    streaming: 'Answering',
    loadFailed: 'The list could not be read.',
  },

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
    settings: 'Settings…',
    shortcuts: 'Keyboard shortcuts',
    stale: 'last known',
    refreshed: 'Balance is up to date',
    signedInAs: (name: string, provider: string) =>
      `Signed in as ${name} at ${provider}. New conversations are paid from this account.`,
    notMe: 'Not me',
    right: 'That’s me',
  },

  conversation: {
    untitled: 'New conversation',
    rename: 'Rename',
    renameLabel: 'Title of this conversation',
    remove: 'Delete',
    menu: 'Conversation menu',
    cost: 'This conversation',
    deleted: (title: string) => `“${title}” deleted`,
    undo: 'Undo',
    transcript: 'Conversation',
    you: 'You',
    answer: 'Answer',
    latest: 'Jump to latest',
    emptyTitle: 'What would you like to know?',
    emptyLead: 'The price of each answer stands below it, to the fraction of a cent.',
    emptyLeadPlay: 'You pay with play money here, so ask away: it is metered like the real thing.',
    opening: 'Opening…',
  },

  answer: {
    thinking: 'Thinking',
    thought: 'Thoughts',
    waiting: 'Waiting for the first word',
    soFar: 'so far',
    tokens: (count: string) => `${count} tokens`,
    rate: (rate: number) => `${rate}/s`,
    copy: 'Copy answer',
    copied: 'Copied',
    retry: 'Answer again',
    stopped: 'You stopped this answer. What had arrived is kept.',
    truncated: 'The model reached its length limit.',
    cutOff: 'This answer was cut off when the app closed.',
    continue: 'Continue',
    continueWords: 'Please continue where you stopped.',
    tryAgain: 'Try again',
    finished: 'Answer finished',
    stoppedSpoken: 'Answer stopped',
    failedSpoken: 'The answer failed',
    restarted: 'The provider began this answer anew.',
    noCost: 'cost not known',
  },

  composer: {
    placeholder: 'Write a message',
    label: 'Message',
    send: 'Send',
    stop: 'Stop',
    youPay: 'You pay',
    payer: 'Who pays',
    model: 'Model',
    modelSearch: 'Find a model',
    noModels: 'No model fits',
    noModelsShort: 'No models listed',
    noPrice: 'price not known',
    perMillion: 'Prices per million tokens',
    context: (size: string) => `${size} context`,
    modelsLoading: 'Loading models…',
    modelsFailed: 'The models could not be listed.',
    chooseModel: 'Choose a model',
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
    risen: (balance: string) => `Your balance is now ${balance}.`,
  },

  storage: {
    readOnly: 'The data folder cannot be written. You can read everything, but nothing new is kept.',
    newerVersion:
      'Your conversations were written by a later version of Tuppence. They can be read, not changed.',
    damaged: 'The data file was damaged. It was put aside, and a fresh one is in use.',
  } satisfies Record<StorageNoticeKind, string>,

  errorCard: {
    details: 'Details',
    copy: 'Copy details',
    copied: 'Copied',
    wait: (time: string) => `Try again in ${time}`,
    dismiss: 'Dismiss',
    reference: 'Reference',
  },

  link: {
    title: 'Link',
    opens: 'Opens in your browser',
    local: 'This points to a computer on your own network.',
    open: 'Open',
    copy: 'Copy address',
  },

  settings: {
    title: 'Settings',
    theme: 'Colours',
    themes: { system: 'System', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string>,
    version: (version: string) => `Tuppence ${version}`,
    done: 'Done',
  },

  shortcuts: {
    title: 'Keyboard shortcuts',
    newConversation: 'New conversation',
    search: 'Search everything',
    model: 'Choose a model',
    send: 'Send',
    newLine: 'New line',
    stop: 'Stop the answer, close what is open',
    edit: 'Edit your last message (in an empty composer)',
    sidebar: 'Show or hide the sidebar',
    settings: 'Settings',
    sheet: 'This sheet',
  },

  start: {
    failed: 'Tuppence could not start properly',
    retry: 'Try again',
  },

  labels: { reported: 'reported', computed: 'computed', estimate: 'estimate' } satisfies Record<
    AmountLabel,
    string
  >,
  labelHints: {
    reported: 'The provider said so.',
    computed: 'Worked out from tokens and prices.',
    estimate: 'Worked out from what is known so far.',
  } satisfies Record<AmountLabel, string>,
  play: 'play',
  playHint: 'Play money: it pays for nothing real and counts in no dollar total.',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
} as const;
