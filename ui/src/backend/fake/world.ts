import type {
  AccountView,
  AmountView,
  AppView,
  BalanceView,
  ConversationView,
  ErrorCode,
  IpcError,
  MessageView,
  ModelView,
  PendingSignInView,
  PresetView,
  SignedOutAccountView,
} from '../../ipc/generated/contract';
import { usualSettings } from '../../state/settings.svelte';
import { finished, breadAnswer, datesAnswer, shortAnswer, type ScriptedBlock } from './answers';

/** Everything the fake host remembers. */
export interface World {
  view: AppView;
  conversations: ConversationView[];
  messages: Map<string, MessageView[]>;
  deleted: Map<string, ConversationView>;
  drafts: Map<string, string>;
  signedOut: SignedOutAccountView[];
  models: Map<string, ModelView[]>;
  presets: Map<string, PresetView>;
}

export const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
export const ahead = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
export const usd = (micro: number): AmountView => ({ type: 'usd', micro });
export const play = (micro: number): AmountView => ({ type: 'play', micro });

const known = (amount: AmountView, minutes = 0): BalanceView => ({
  type: 'known',
  amount,
  asOf: ago(minutes),
  stale: false,
});

export function account(id: string, over: Partial<AccountView> = {}): AccountView {
  return {
    id,
    providerId: 'quota',
    providerName: 'Quota',
    displayName: 'Ada Lovelace',
    email: 'ada@example.org',
    picture: null,
    session: { type: 'signedIn', persistence: 'keychain' },
    playMoney: false,
    grantedScopes: ['openid', 'profile', 'credits.read', 'credits.spend'],
    balance: known(usd(4_180_000)),
    allowances: [],
    canEndBrowserSession: true,
    keyOutlivesSignOut: false,
    ...over,
  };
}

export const sandboxAccount = (): AccountView =>
  account('sandbox-1', {
    providerId: 'sandbox',
    providerName: 'Play money',
    displayName: 'Sandbox user',
    email: null,
    playMoney: true,
    balance: known(play(5_000_000)),
  });

export const chutesAccount = (): AccountView =>
  account('chutes-1', {
    providerId: 'chutes',
    providerName: 'Chutes',
    displayName: 'ada',
    email: null,
    balance: known(usd(12_340_000), 3),
    allowances: [
      {
        period: 'fourHours',
        used: { type: 'money', amount: usd(252_000) },
        limit: { type: 'money', amount: usd(830_000) },
        resetsAt: ahead(2.4 * 3600),
        asOf: ago(3),
      },
      {
        period: 'month',
        used: { type: 'money', amount: usd(12_510_000) },
        limit: { type: 'money', amount: usd(50_000_000) },
        resetsAt: ahead(9 * 24 * 3600),
        asOf: ago(3),
      },
      {
        period: 'day',
        used: { type: 'requests', count: 300 },
        limit: { type: 'requests', count: 300 },
        resetsAt: null,
        asOf: ago(3),
      },
    ],
    canEndBrowserSession: false,
  });

function model(
  id: string,
  input: number,
  output: number,
  context: number,
  of: (micro: number) => AmountView,
): ModelView {
  return {
    id,
    inputPrice: of(input),
    outputPrice: of(output),
    contextLength: context,
    inputModalities: ['text'],
    features: [],
  };
}

export const models = (of: (micro: number) => AmountView): ModelView[] => [
  model('claude-sonnet', 3_000_000, 15_000_000, 200_000, of),
  model('gpt-mini', 250_000, 2_000_000, 400_000, of),
  model('DeepSeek-V3', 270_000, 1_120_000, 131_072, of),
  model('llama-small', 20_000, 50_000, 32_768, of),
  { ...model('voice-one', 0, 0, 0, of), inputPrice: null, outputPrice: null, contextLength: null },
];

export function pendingSignIn(over: Partial<PendingSignInView> = {}): PendingSignInView {
  return {
    id: 'sign-in-1',
    providerId: 'quota',
    providerName: 'Quota',
    stage: 'waitingForBrowser',
    startedAt: ago(0.5),
    deadlineAt: ahead(272),
    browserFailed: false,
    way: 'browser',
    offersDevice: false,
    device: null,
    ...over,
  };
}

export function ipcError(code: ErrorCode, over: Partial<IpcError> = {}): IpcError {
  return {
    code,
    detail: `HTTP 4xx from the provider (${code})`,
    retryable: true,
    retryAt: null,
    missingScopes: code === 'insufficientScope' ? 'credits.spend' : null,
    correlationId: '7f3a-91c2',
    field: null,
    ...over,
  };
}

let counter = 0;
export const newId = (kind: string): string => `${kind}-${++counter}`;

export function userMessage(text: string, minutes: number): MessageView {
  const id = newId('user');
  return {
    id,
    siblingIds: [id],
    role: 'user',
    text,
    attachments: [],
    blocks: [],
    reasoning: '',
    createdAt: ago(minutes),
    status: { type: 'complete' },
    modelId: null,
    accountId: null,
    usage: null,
    cost: null,
    loss: null,
    lowered: null,
  };
}

export function answer(
  blocks: ScriptedBlock[],
  minutes: number,
  over: Partial<MessageView> = {},
): MessageView {
  const id = newId('answer');
  return {
    ...userMessage('', minutes),
    id,
    siblingIds: [id],
    role: 'assistant',
    blocks: finished(blocks),
    modelId: 'claude-sonnet',
    accountId: 'quota-1',
    usage: { inputTokens: 128, cachedTokens: 0, outputTokens: 412, reasoningTokens: 0 },
    cost: { amount: usd(6_600), label: 'reported' },
    ...over,
  };
}

export function conversation(
  id: string,
  title: string,
  minutes: number,
  micro: number,
  over: Partial<ConversationView> = {},
): ConversationView {
  return {
    id,
    title,
    updatedAt: ago(minutes),
    accountId: 'quota-1',
    modelId: 'claude-sonnet',
    costUsd: { amount: usd(micro), label: 'reported' },
    costPlay: null,
    pinned: false,
    archived: false,
    folder: null,
    context: 'whole',
    deletedAt: null,
    streaming: false,
    ...over,
  };
}

/** Nobody is signed in yet. */
export function emptyWorld(): World {
  return {
    view: {
      version: '0.1.0',
      providers: [
        { id: 'quota', name: 'Quota', playMoney: false, ready: true, takesKeyTerms: false },
        { id: 'chutes', name: 'Chutes', playMoney: false, ready: false, takesKeyTerms: false },
        { id: 'openrouter', name: 'OpenRouter', playMoney: false, ready: true, takesKeyTerms: true },
        { id: 'sandbox', name: 'Play money', playMoney: true, ready: true, takesKeyTerms: false },
      ],
      accounts: [],
      activeAccountId: null,
      pendingSignIn: null,
      settings: { ...usualSettings },
      awaitingMoney: [],
      storageNotice: null,
    },
    conversations: [],
    messages: new Map(),
    deleted: new Map(),
    drafts: new Map(),
    presets: new Map(),
    signedOut: [],
    models: new Map([
      ['quota-1', models(usd)],
      ['chutes-1', models(usd)],
      ['sandbox-1', models(play)],
    ]),
  };
}

/** Signed in, with conversations of the last fortnight. */
export function livedInWorld(): World {
  const world = emptyWorld();
  world.view.accounts = [account('quota-1'), chutesAccount()];
  world.view.activeAccountId = 'quota-1';
  const day = 24 * 60;
  world.conversations = [
    conversation('c-dates', 'Dates and clock changes', 1, 41_000),
    conversation('c-bread', 'Bread without kneading', 12, 9_000),
    conversation('c-noise', 'A note to the neighbours', 30, 3_000),
    conversation('c-chess', 'Chess openings for a beginner who forgets them', 9 * day, 120_000),
    conversation('c-piano', 'Piano chords in minor', 9.5 * day, 26_000),
    conversation('c-azores', 'A week in the Azores', 10 * day, 11_000),
    conversation('c-soap', 'Why soap works', 10.5 * day, 74_000),
  ];
  world.messages.set('c-dates', [
    userMessage('How do I read dates in Python so that the clock change in October does no harm?', 2),
    answer(datesAnswer, 1),
  ]);
  world.messages.set('c-bread', [
    userMessage('Is there a bread I can bake without kneading, for a pot with a lid?', 14),
    answer(breadAnswer, 12, { cost: { amount: usd(9_000), label: 'computed' } }),
  ]);
  world.messages.set('c-noise', [
    userMessage('Should I write to the neighbours about the noise?', 31),
    answer(shortAnswer, 30, { cost: { amount: usd(3_000), label: 'estimate' } }),
  ]);
  for (const { id, title } of world.conversations) {
    if (!world.messages.has(id)) world.messages.set(id, [userMessage(title, day), answer(shortAnswer, day)]);
  }
  return world;
}
