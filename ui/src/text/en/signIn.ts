import type {
  MetadataSubject,
  MetadataDifferenceView,
  LimitResetView,
  SetupField,
  ValueSource,
} from '../../ipc/generated/contract';

type Difference = Pick<MetadataDifferenceView, 'ours' | 'theirs'>;

/** What a document says that says nothing about it. */
const nothing = 'nothing';

/** Becoming an account: the first screen, the wait for the browser, a provider's set-up. */
export const signIn = {
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

  device: {
    offer: 'Sign in on another device',
    title: 'On your other device',
    lead: (provider: string) =>
      `Open this page of ${provider} on your phone or another computer, and type the code there. This window goes on by itself.`,
    address: 'Address',
    code: 'Code',
    copyCode: 'Copy the code',
    open: 'Open in browser',
    picture: 'The same address as a QR code',
    hint: 'Type it yourself: whoever agrees there is who will be signed in here.',
    hintPicture:
      'A camera pointed at the squares opens the page with the code filled in. Whoever agrees there is who will be signed in here.',
    back: 'Use the browser on this computer',
  },

  ports: {
    label: 'Ports that it takes redirects on',
    any: 'Any port',
    fixed: 'These only',
    list: 'Ports of this computer',
    listHint: 'From 1024 to 65535, separated by commas; they are tried in this order.',
    fault: 'These are no ports that can be used: numbers from 1024 to 65535, each once, at most ten.',
    fixedHint: 'Register each of them. They are for a provider that compares addresses to the letter.',
  },

  check: {
    compare: 'Compare with what it publishes',
    checking: 'Reading its discovery document…',
    same: 'Its discovery document says the same as this set-up.',
    none: 'It publishes no discovery document that could be used. It needs none: this set-up has what a sign-in takes.',
    title: (count: number) =>
      count === 1
        ? 'Its discovery document differs from this set-up in one thing'
        : `Its discovery document differs from this set-up in ${count} things`,
    differs: {
      issuer: ({ ours, theirs }: Difference) =>
        `It is called ${ours} here, and calls itself ${theirs ?? nothing}.`,
      authorizationEndpoint: ({ ours, theirs }: Difference) =>
        `The authorization endpoint is ${ours} here, and ${theirs ?? nothing} there.`,
      tokenEndpoint: ({ ours, theirs }: Difference) =>
        `The token endpoint is ${ours} here, and ${theirs ?? nothing} there.`,
      userinfoEndpoint: ({ ours, theirs }: Difference) =>
        `The userinfo endpoint is ${ours} here, and ${theirs ?? nothing} there.`,
      revocationEndpoint: ({ ours, theirs }: Difference) =>
        `The revocation endpoint is ${ours} here, and ${theirs ?? nothing} there.`,
      scope: ({ ours, theirs }: Difference) =>
        `The scope ${ours} is asked for here; it lists ${theirs ?? nothing}.`,
      codeChallengeMethod: ({ ours, theirs }: Difference) =>
        `PKCE is done with ${ours} here, always; it lists ${theirs ?? nothing}.`,
    } satisfies Record<MetadataSubject, (difference: Difference) => string>,
    holds: 'What is set up here holds. Change it if you trust the document more, or ask the provider.',
    goOn: 'Sign in all the same',
  },

  sources: {
    title: 'Values in use, and where each comes from',
    what: 'What',
    value: 'Value',
    from: 'Comes from',
    redirect: 'Redirect addresses',
    hidden: 'kept secret',
    names: {
      none: 'not set',
      builtIn: 'Tuppence itself',
      environment: 'this computer’s environment',
      setUp: 'what you entered',
    } satisfies Record<ValueSource, string>,
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
    plain: 'It has no discovery: I enter its endpoints',
    authorizationEndpoint: 'Authorization endpoint',
    tokenEndpoint: 'Token endpoint',
    userinfoEndpoint: 'Userinfo endpoint, if it has one',
    register: 'Register it for me',
    registerLead: (provider: string) =>
      `With a developer key of yours at ${provider}, Tuppence registers itself there, with the addresses and scopes below, and puts what it gets into your keychain.`,
    developerKey: 'Developer key',
    developerKeyHint: 'Used for this one call and kept nowhere.',
    registerSubmit: 'Register and sign in',
    registering: 'Registering…',
    removeProvider: 'Remove this provider',
    removeSetup: 'Forget this set-up',
    removeHint: 'Its secret leaves your keychain. Accounts that use it must be signed out first.',
    faults: {
      name: 'It needs a name.',
      issuer: 'This is no issuer that can be used.',
      authorizationEndpoint: 'This is no address that can be used.',
      tokenEndpoint: 'This is no address that can be used.',
      userinfoEndpoint: 'This is no address that can be used.',
      apiBase: 'This is no address that can be used.',
      clientId: 'The provider does not know this client ID, or the secret does not belong to it.',
      clientSecret: 'The provider refuses this secret.',
      scopes: 'The provider refuses one of these scopes.',
      redirectUri: 'The provider does not know this redirect address.',
      developerKey: 'The provider refuses this key.',
    } satisfies Record<SetupField, string>,
    submit: 'Save and sign in',
    saving: 'Saving…',
  },

  keyTerms: {
    lead: (provider: string) =>
      `${provider} gives this app a key that can spend your credits. Say how much it may spend, and for how long; leave a field empty for no such bound.`,
    limit: 'It may spend at most, in dollars',
    limitHint: 'For example 5 or 0.50. This is a cap on the key, not your balance.',
    limitFault: 'An amount above zero, with at most six decimals.',
    resets: 'The cap begins anew',
    reset: {
      never: 'Never',
      daily: 'Each day',
      weekly: 'Each week',
      monthly: 'Each month',
      otherwise: 'Otherwise',
    } satisfies Record<LimitResetView, string>,
    days: 'It ends after so many days',
    daysHint: 'You can delete it at any time on the provider’s page.',
    daysFault: 'A number of days from 1 to 3650.',
    page: (provider: string) =>
      `The page of ${provider} may let you change this. What was granted in the end is shown as the key’s cap.`,
  },
} as const;
