import type {
  ConversationView,
  ErrorCode,
  LanguageChoice,
  MessageView,
  PresetView,
  TextSize,
  Theme,
} from '../../ipc/generated/contract';
import { errorActions } from '../../text/errors';
import { breadAnswer, datesAnswer, diagramsAnswer, figuresAnswer, shortAnswer } from './answers';
import { devicePrompt } from './device';
import {
  account,
  ago,
  ahead,
  answer,
  chutesAccount,
  conversation,
  emptyWorld,
  ipcError,
  livedInWorld,
  pendingSignIn,
  play,
  sandboxAccount,
  usd,
  userMessage,
  type World,
} from './world';

/** Where the window shall stand once it has started. */
export interface Scenario {
  world: World;
  /** The conversation to open. */
  open?: string;
  /** The set-up to open. */
  setup?: string;
  /** Words to send at once. */
  send?: string;
  /** Stops the stream after so many operations, so that a picture of it is always the same. */
  pauseAfter?: number;
  /** The person agrees to what the host asks of them. */
  saysYes?: boolean;
  /** Milliseconds between two steps of a stream. */
  step?: number;
  /** How the next sign-in ends, where not well. */
  signInFault?: ErrorCode;
  /** The open conversation is longer than its model takes, until something is chosen for that. */
  tooLong?: boolean;
}

function chat(): Scenario {
  return { world: livedInWorld(), open: 'c-dates' };
}

function failed(code: ErrorCode, over: Partial<MessageView> = {}): Scenario {
  const world = livedInWorld();
  world.messages.set('c-dates', [
    userMessage('Now write tests for both halves of that night.', 2),
    answer([], 1, {
      usage: null,
      cost: null,
      status: {
        type: 'failed',
        error: ipcError(code, { retryAt: code === 'rateLimited' ? ahead(42) : null }),
      },
      ...over,
    }),
  ]);
  return { world, open: 'c-dates' };
}

const plain = { temperature: null, topP: null, maxTokens: null, modelId: null };
const presets: PresetView[] = [
  {
    ...plain,
    id: 'preset-reviewer',
    name: 'Reviewer of changes',
    instructions: 'Review the change. Name the riskiest line first.',
    variables: [],
  },
  {
    ...plain,
    id: 'preset-translator',
    name: 'Translator',
    instructions: 'Translate into {{language}}, for {{reader}}. Keep the tone.',
    temperature: 0.3,
    modelId: 'gpt-mini',
    variables: ['language', 'reader'],
  },
];

function playWorld(): World {
  const world = emptyWorld();
  world.view.accounts = [sandboxAccount()];
  world.view.activeAccountId = 'sandbox-1';
  return world;
}

function withSession(session: ReturnType<typeof account>['session']): Scenario {
  const scenario = chat();
  scenario.world.view.accounts = [account('quota-1', { session }), chutesAccount()];
  return scenario;
}

const builders: Record<string, () => Scenario> = {
  welcome: () => ({ world: emptyWorld() }),
  waiting: () => {
    const world = emptyWorld();
    world.view.pendingSignIn = pendingSignIn();
    return { world };
  },
  'waiting-failed': () => {
    const world = emptyWorld();
    world.view.pendingSignIn = pendingSignIn({ browserFailed: true });
    return { world };
  },
  'signed-out': () => {
    const world = emptyWorld();
    world.signedOut = [
      { id: 'quota-1', providerId: 'quota', providerName: 'Quota', displayName: 'Ada Lovelace' },
      { id: 'house-1', providerId: 'house', providerName: 'House', displayName: 'ada@house' },
    ];
    return { world };
  },
  device: () => {
    const world = emptyWorld();
    world.view.pendingSignIn = pendingSignIn({ way: 'device', offersDevice: true, device: devicePrompt() });
    return { world };
  },
  setup: () => ({ world: emptyWorld(), setup: 'chutes' }),
  'setup-other': () => ({ world: emptyWorld(), setup: 'other' }),
  empty: () => ({ world: playWorld() }),
  chat,
  streaming: () => ({
    world: { ...livedInWorld() },
    send: 'How do I read dates in Python so that the clock change in October does no harm?',
    pauseAfter: 62,
  }),
  play: () => {
    const world = playWorld();
    const paid = { accountId: 'sandbox-1', cost: { amount: play(3_400), label: 'reported' } } as const;
    world.conversations = [
      conversation('c-play', 'Bread without kneading', 1, 0, {
        accountId: 'sandbox-1',
        costUsd: null,
        costPlay: paid.cost,
      }),
    ];
    world.messages.set('c-play', [
      userMessage('A bread without kneading, please.', 2),
      answer(breadAnswer, 1, paid),
    ]);
    return { world, open: 'c-play' };
  },
  'wallet-empty': () => {
    const scenario = failed('insufficientBalance');
    scenario.world.view.accounts = [
      account('quota-1', { balance: { type: 'known', amount: usd(0), asOf: ago(2), stale: false } }),
      chutesAccount(),
    ];
    return scenario;
  },
  endings: () => {
    const scenario = chat();
    scenario.world.messages.set('c-dates', [
      userMessage('And in a hotel?', 9),
      answer(shortAnswer, 8, { status: { type: 'stopped' } }),
      userMessage('Go on.', 7),
      answer(shortAnswer, 6, { status: { type: 'cutOff' }, cost: { amount: usd(1_200), label: 'estimate' } }),
      userMessage('And then?', 5),
      answer(shortAnswer, 4, {
        status: { type: 'truncated' },
        reasoning: 'The person asks about the next step. Keep it short and name the two checks that matter.',
      }),
      userMessage('One more.', 3),
      answer(shortAnswer, 2, { status: { type: 'failed', error: ipcError('streamInterrupted') } }),
    ]);
    return scenario;
  },
  lost: () => {
    const scenario = chat();
    scenario.world.messages.set('c-dates', [
      userMessage('Which half of that night is the second one?', 5),
      answer(shortAnswer, 4, {
        loss: { cause: 'begunAnew', cost: { amount: usd(1_900), label: 'estimate' } },
        lowered: { maxTokens: 800, by: 'wallet' },
      }),
      userMessage('Now write tests for both halves of that night.', 2),
      answer([], 1, {
        usage: null,
        cost: null,
        status: { type: 'failed', error: ipcError('streamInterrupted') },
        loss: { cause: 'noWords', cost: { amount: usd(6_600), label: 'estimate' } },
      }),
    ]);
    return scenario;
  },
  plan: () => {
    const scenario = chat();
    scenario.world.view.activeAccountId = 'chutes-1';
    return scenario;
  },
  'many-models': () => {
    const scenario = chat();
    const some = scenario.world.models.get('quota-1') ?? [];
    const many = Array.from({ length: 500 }, (_, n) => {
      const like = some[n % some.length];
      return like ? [{ ...like, id: `maker-${n % 23}/${like.id}-${n}` }] : [];
    });
    scenario.world.models.set('quota-1', many.flat());
    return scenario;
  },
  figures: () => {
    const scenario = chat();
    scenario.world.messages.set('c-dates', [
      userMessage('Show me how an answer is paid for, with a picture.', 3),
      answer(figuresAnswer, 2),
    ]);
    return scenario;
  },
  diagrams: () => {
    const scenario = chat();
    scenario.world.messages.set('c-dates', [
      userMessage('Draw how an answer is paid for.', 3),
      answer(diagramsAnswer, 2),
    ]);
    return scenario;
  },
  reauth: () => withSession({ type: 'reauthRequired' }),
  keychain: () =>
    withSession({ type: 'keychainUnavailable', detail: 'org.freedesktop.secrets did not answer in 5 s' }),
  'session-only': () => withSession({ type: 'signedIn', persistence: 'sessionOnly' }),
  storage: () => {
    const scenario = chat();
    scenario.world.view.storageNotice = { kind: 'readOnly', detail: 'SQLITE_READONLY (8)' };
    return scenario;
  },
  'too-long': () => ({ ...chat(), tooLong: true }),
  presets: () => {
    const world = playWorld();
    for (const made of presets) world.presets.set(made.id, made);
    return { world };
  },
  long: () => long(500),
  'many-conversations': () => {
    const scenario = chat();
    const one = (n: number): ConversationView =>
      conversation(`c-many-${n}`, `Conversation ${n}`, 20_000 + n * 60, n % 3 === 0 ? 4_000 : 0, {
        pinned: n === 2_900,
        folder: n % 40 === 7 ? 'Recipes' : null,
      });
    scenario.world.conversations.push(...Array.from({ length: 3_000 }, (_, n) => one(n)));
    return scenario;
  },
};

function long(count: number): Scenario {
  const scenario = chat();
  const messages: MessageView[] = [];
  for (let turn = 0; turn < count / 2; turn += 1) {
    messages.push(userMessage(`Question ${turn + 1}`, 600));
    messages.push(answer(turn % 3 === 0 ? datesAnswer : breadAnswer, 600));
  }
  scenario.world.messages.set('c-dates', messages);
  return scenario;
}

export const scenarioNames = [...Object.keys(builders), 'errors', 'sign-in-failed'];

/** `?theme=`, `?language=` and `?size=` are what the person chose in Settings. */
function withSettings(scenario: Scenario, search: URLSearchParams): Scenario {
  const { settings } = scenario.world.view;
  settings.theme = (search.get('theme') ?? settings.theme) as Theme;
  settings.language = (search.get('language') ?? settings.language) as LanguageChoice;
  if (search.has('pace')) scenario.step = Number(search.get('pace'));
  settings.textSize = (search.get('size') ?? settings.textSize) as TextSize;
  return scenario;
}

/**
 * `errors` and `sign-in-failed` take the code from `?code=`, `long` the number of its `?messages=`; an
 * unknown name is the welcome screen.
 */
export function buildScenario(search: URLSearchParams): Scenario {
  return withSettings(build(search), search);
}

function build(search: URLSearchParams): Scenario {
  const name = search.get('scenario') ?? 'welcome';
  const code = search.get('code');
  const known = code !== null && Object.hasOwn(errorActions, code) ? (code as ErrorCode) : null;
  if (name === 'errors') return failed(known ?? 'rateLimited');
  if (name === 'sign-in-failed') return { world: emptyWorld(), signInFault: known ?? 'keychainUnavailable' };
  if (name === 'long') return long(Number(search.get('messages') ?? 500));
  return (builders[name] ?? builders['welcome'] ?? chat)();
}
