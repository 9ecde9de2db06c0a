import type { Backend } from '../backend/types';
import { t } from '../text/locale.svelte';
import { toIpcError } from '../text/ipcError';
import { spokenCost } from '../text/money';
import type {
  AskedParams,
  ConversationView,
  MessageView,
  PresetParams,
  PresetView,
} from '../ipc/generated/contract';
import type { AnswerSurface } from '../transcript/answerSurface';
import { Chat } from './chat.svelte';
import { Clock } from './clock.svelte';
import { Conversations } from './conversations.svelte';
import { Draft } from './drafts.svelte';
import { Find } from './find.svelte';
import { Models } from './models.svelte';
import { painted } from './painted';
import { Payment } from './payment.svelte';
import { Presets } from './presets.svelte';
import { Session } from './session.svelte';
import { Settings } from './settings.svelte';
import { SignedOut } from './signedOut.svelte';
import { Spoken } from './spoken.svelte';
import { Toasts } from './toasts.svelte';
import { Turns } from './turns.svelte';
import { Wallets } from './wallets.svelte';

/** What covers the window for a moment. */
export type Overlay =
  | 'limits'
  | 'usage'
  | 'shortcuts'
  | 'settings'
  | 'search'
  | 'export'
  | 'instructions'
  | 'presets'
  | 'context'
  | 'palette'
  | 'shelves'
  | 'folder'
  | 'doctor'
  | 'erase'
  | 'removeAccount';

/** A part of the settings that is gone to at once. */
export type SettingsPart = 'exchange' | 'backups';

/** Everything the window knows, wired once at its start. */
export class App {
  readonly backend: Backend;
  readonly clock = new Clock();
  readonly toasts = new Toasts();
  readonly session: Session;
  readonly signedOut: SignedOut;
  readonly settings: Settings;
  readonly wallets: Wallets;
  readonly models: Models;
  readonly conversations: Conversations;
  readonly payment: Payment;
  readonly presets: Presets;
  readonly turns: Turns;
  readonly chat: Chat;
  readonly find: Find;
  readonly spoken = new Spoken();

  /** All that a start asks for has come. */
  hasStarted = $state(false);
  overlay = $state<Overlay | null>(null);
  /** The account that `removeAccount` is about. */
  removing = $state<string | null>(null);
  /** The part of the settings that was asked for. */
  settingsPart = $state<SettingsPart | null>(null);
  /** The model picker is open. */
  pickingModel = $state(false);
  /** The open conversation's title is being changed. */
  renaming = $state(false);
  /** What was asked for in a list of commands and is done by the workspace. */
  asked = $state<'new' | 'sidebar' | null>(null);
  /** Who is to pay from here on, if the person says so: asked once a conversation has begun. */
  askedPayerId = $state<string | null>(null);
  /** The payer's menu is open. */
  pickingPayer = $state(false);
  /** What `presets` begins to write, where it does not begin with its list. */
  presetDraft = $state.raw<PresetParams | null>(null);
  /** What `context` is about, and what is done once something was chosen. */
  tooLong = $state.raw<{ asked: AskedParams; again: () => Promise<void> } | null>(null);

  constructor(backend: Backend, createSurface: () => AnswerSurface) {
    this.backend = backend;
    this.session = new Session(backend);
    this.signedOut = new SignedOut(backend);
    this.settings = new Settings(backend, this.session);
    this.wallets = new Wallets(backend, this.session);
    this.models = new Models(backend);
    this.conversations = new Conversations(backend);
    this.payment = new Payment(this.session, this.settings, this.models);
    this.presets = new Presets(backend, this.settings, this.payment);
    const onEnded = (message: MessageView, conversation: ConversationView): void => {
      this.conversations.upsert(conversation);
      this.chat.ended(message);
      this.wallets.paid(message.accountId);
      const words = spokenEnd(message);
      this.spoken.say(
        this.chat.id === conversation.id ? words : t.spoken.elsewhere(conversation.title, words),
      );
      this.spoken.rest();
    };
    this.turns = new Turns(backend, createSurface, onEnded, {
      started: ({ modelId }) => {
        this.spoken.say(t.spoken.answering(modelId ?? t.conversation.answer));
      },
      block: (messageId, words) => {
        if (this.chat.branch.indexOf(messageId) >= 0) this.spoken.tell(words);
      },
    });
    const draft = new Draft(backend, this.report);
    const { conversations, payment, presets, turns, report, explain } = this;
    this.chat = new Chat(backend, conversations, payment, presets, turns, draft, report, explain);
    this.find = new Find(backend, this.chat, this.report);
  }

  async start(): Promise<void> {
    const begun = this.session.begin();
    // The first words before everything that is still to be asked for.
    if (begun) await painted();
    const loaded = this.session.load();
    if (!begun) await loaded;
    await Promise.all([
      loaded,
      this.backend.onConversationChanged((conversation) => {
        this.conversations.upsert(conversation);
      }),
      this.backend.onMessageChanged((message) => {
        this.chat.ended(message);
      }),
      this.backend.onConversationWentOn((id) => {
        if (this.chat.id === id) this.attempt(this.chat.reload());
      }),
      this.conversations.load(),
      // Without its presets a conversation can begin all the same.
      this.presets.load().catch(this.report),
      this.chat.startNew(),
    ]);
    this.hasStarted = true;
  }

  openSettings(part: SettingsPart): void {
    this.settingsPart = part;
    this.overlay = 'settings';
  }

  /** Runs something asked for by a click; a refusal becomes a short notice. */
  attempt(work: Promise<unknown>, done?: string): void {
    work.then(() => {
      if (done !== undefined) this.toasts.show(done);
    }, this.report);
  }

  /** Asks whether an account, signed in or not, is to leave this device. */
  askToRemove(accountId: string): void {
    this.removing = accountId;
    this.overlay = 'removeAccount';
  }

  /** Lets this account pay: at once for a new conversation, after a question for one that has begun. */
  choosePayer(accountId: string): void {
    const { conversation } = this.chat;
    if (this.payment.payer(conversation)?.id === accountId) return;
    if (conversation) this.askedPayerId = accountId;
    else this.attempt(this.payment.choosePayer(null, accountId));
  }

  async removeConversation(id: string): Promise<void> {
    const title = this.conversations.find(id)?.title ?? '';
    const wasOpen = this.chat.id === id;
    await this.conversations.remove(id);
    if (wasOpen) await this.chat.startNew();
    this.toasts.show(t.conversation.deleted(title), {
      label: t.conversation.undo,
      run: () => {
        this.attempt(this.conversations.restore(id).then(() => (wasOpen ? this.chat.open(id) : undefined)));
      },
    });
  }

  async archiveConversation(id: string): Promise<void> {
    const title = this.conversations.find(id)?.title ?? '';
    const wasOpen = this.chat.id === id;
    await this.conversations.archive(id, true);
    if (wasOpen) await this.chat.startNew();
    this.toasts.show(t.conversation.archived(title), {
      label: t.conversation.undo,
      run: () => {
        this.attempt(this.conversations.archive(id, false));
      },
    });
  }

  async removePreset({ id, name }: PresetView): Promise<void> {
    await this.presets.remove(id);
    this.toasts.show(t.presets.deleted(name), {
      label: t.conversation.undo,
      run: () => {
        this.attempt(this.presets.restore(id));
      },
    });
  }

  /** Asks what shall be sent of a conversation that is too long. */
  chooseContext(asked: AskedParams, again: () => Promise<void>): void {
    this.tooLong = { asked, again };
    this.overlay = 'context';
  }

  async removeMessage(id: string): Promise<void> {
    await this.chat.deleteMessage(id);
    this.toasts.show(t.message.deleted, {
      label: t.conversation.undo,
      run: () => {
        this.attempt(this.chat.restoreMessage(id));
      },
    });
  }

  /** Takes in a file of conversations and shows one of them. */
  async importFile(file: File): Promise<void> {
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      // One that failed may have taken in a part.
      const imported = await this.backend.conversationsImport(bytes).finally(() => this.conversations.load());
      this.toasts.show(t.exchange.imported(imported));
      if (imported.firstId !== null) {
        this.overlay = null;
        await this.chat.open(imported.firstId);
      }
    } catch (thrown) {
      this.explain(thrown);
    }
  }

  /** As a notice with what can be done: for what has no place of its own on the screen. */
  readonly explain = (thrown: unknown): void => {
    const { code } = toIpcError(thrown);
    const subject = { provider: this.session.active?.providerName ?? t.app, model: null };
    const { title, body } = t.errors[code];
    this.toasts.show(`${title(subject)}. ${body(subject)}`);
  };

  readonly report = (thrown: unknown): void => {
    const { code } = toIpcError(thrown);
    const provider = this.session.active?.providerName ?? t.app;
    this.toasts.show(t.errors[code].title({ provider, model: null }));
  };
}

function spokenEnd({ status, cost }: MessageView): string {
  if (status.type === 'failed') return t.answer.failedSpoken;
  const ended = status.type === 'stopped' ? t.answer.stoppedSpoken : t.answer.finished;
  return cost ? t.spoken.withCost(ended, spokenCost(cost)) : ended;
}
