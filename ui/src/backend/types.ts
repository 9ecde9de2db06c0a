import type {
  AppView,
  AskedParams,
  AttachmentView,
  BackupView,
  BalanceView,
  CompositionView,
  ContextPlanView,
  ContextRuleName,
  ConversationDetail,
  ConversationView,
  DataFolderView,
  DeletedMessageView,
  DiagnosisView,
  EmptiedView,
  ExportParams,
  ExportedView,
  FoundView,
  ImportedView,
  KeptView,
  LeavingParams,
  LedgerFormatView,
  LimitsStateView,
  ListNamesView,
  ListPageView,
  ListParams,
  LimitsView,
  MessagePage,
  MessageView,
  ModelView,
  PendingSignInView,
  PresetParams,
  PresetView,
  PromptCostView,
  ProviderCheckView,
  ProviderSetupParams,
  ProviderSetupView,
  ReconciliationView,
  LossesView,
  BilledDayView,
  DrawingView,
  RemoteImageView,
  SearchHitView,
  SearchParams,
  SecretInput,
  SettingsView,
  SignInOutcome,
  SignInStartParams,
  SignInTraceView,
  SignInWay,
  SignedOutAccountView,
  SpendingParams,
  SpendingView,
  TurnEditParams,
  TurnEvent,
  TurnRetryParams,
  TurnSendParams,
  TurnStarted,
} from '../ipc/generated/contract';

/** Ends a subscription. */
export type Unlisten = () => void;

/** Where the events of one turn go, in order; `ended` is the last. */
export type OnTurnEvent = (event: TurnEvent) => void;

/**
 * All that the window may ask of its host. A refused call rejects with an `IpcError`.
 *
 * Each method is one command of the IPC contract; the `on…` methods are its events.
 */
export interface Backend {
  /** What came with the page; null where the host was not ready by then. */
  appAtStart(): AppView | null;
  appGet(): Promise<AppView>;

  signInStart(params: SignInStartParams): Promise<PendingSignInView>;
  /** Asks in the browser for scopes (space separated) that an account lacks, beside those it has. */
  consentStart(accountId: string, scopes: string): Promise<PendingSignInView>;
  /** Goes on by another way; what answers is a new attempt for the same. */
  signInSwitch(signInId: string, way: SignInWay): Promise<PendingSignInView>;
  signInOpenAgain(signInId: string): Promise<void>;
  /** The host writes the clipboard; the link never enters the window. */
  signInCopyLink(signInId: string): Promise<void>;
  /** `address` is a secret: the caller forgets it at once. */
  signInPaste(signInId: string, address: SecretInput): Promise<void>;
  signInCancel(signInId: string): Promise<void>;
  signOut(accountId: string, endBrowserSession: boolean): Promise<void>;

  /** What is still there afterwards; an erasure is about all accounts. */
  leavingAsk(leaving: LeavingParams, accountId: string | null): Promise<KeptView[]>;
  /** Who was signed out here and is still known by name. */
  accountsSignedOut(): Promise<SignedOutAccountView[]>;
  /** Signs out if need be, and forgets the name as well. */
  accountRemove(accountId: string): Promise<void>;
  /** Removes everything of this device, and ends the app. */
  deviceErase(): Promise<void>;

  /** Tries what a sign-in needs; over within half a minute. */
  doctorRun(): Promise<DiagnosisView>;
  /** The steps of the attempt under way, or else of the last one. */
  signInSteps(): Promise<SignInTraceView | null>;

  accountActivate(accountId: string): Promise<void>;
  balanceRefresh(accountId: string): Promise<BalanceView>;
  /**
   * Opens the page for adding money. A refused answer, named by its message, goes on by itself once money
   * has come.
   */
  topUpOpen(accountId: string, messageId: string | null): Promise<void>;
  /** Opens the provider's page where the person changes what this app may do or spend. */
  accountManageOpen(accountId: string): Promise<void>;
  modelsList(accountId: string): Promise<ModelView[]>;

  /** What the words would cost with what goes along, for each of the account's models. */
  promptCosts(accountId: string, asked: AskedParams): Promise<PromptCostView[]>;
  spendingGet(params: SpendingParams): Promise<SpendingView>;
  /** What the provider took, against what the receipts explain; one for each kind of money. */
  spendingReconcile(accountId: string): Promise<ReconciliationView[]>;
  /** What the provider billed, by day; null where it does not tell. */
  spendingBilled(accountId: string): Promise<BilledDayView[] | null>;
  /** What was paid for and never came, of one account or (null) of all. */
  lossesGet(accountId: string | null): Promise<LossesView[]>;
  /** Writes the ledger to the person's downloads and says where. */
  ledgerSave(format: LedgerFormatView, accountId: string | null): Promise<string>;
  limitsGet(): Promise<LimitsStateView>;
  /** What raises something is asked about by the host, in a dialog of the system's; a no keeps what holds. */
  limitsSet(limits: LimitsView): Promise<LimitsStateView>;

  /** A part of the list, the archive or the bin; at most 2,000 of them. */
  conversationsList(params: ListParams): Promise<ListPageView>;
  /** The folders and models that conversations have. */
  conversationNames(): Promise<ListNamesView>;
  /** With its last messages, or those around one of them. */
  conversationOpen(conversationId: string, messageId: string | null): Promise<ConversationDetail>;
  /** Messages of the shown branch from this number on (from 0), at most 100. */
  messagesPage(conversationId: string, first: number, count: number): Promise<MessagePage>;
  /** The messages of the shown branch that hold these characters. */
  conversationFind(conversationId: string, words: string): Promise<FoundView[]>;
  /** Shows the branch through a message. */
  branchChoose(messageId: string): Promise<ConversationDetail>;
  /** Deletes a message with all that followed it. */
  messageDelete(messageId: string): Promise<void>;
  /** Takes that back. */
  messageRestore(messageId: string): Promise<ConversationDetail>;
  conversationRename(conversationId: string, title: string): Promise<void>;
  conversationPin(conversationId: string, pinned: boolean): Promise<void>;
  conversationArchive(conversationId: string, archived: boolean): Promise<void>;
  /** Lays it into a folder; null takes it out. */
  conversationFile(conversationId: string, folder: string | null): Promise<void>;
  conversationDelete(conversationId: string): Promise<void>;
  /** Takes a deletion back. */
  conversationRestore(conversationId: string): Promise<void>;

  /** Deletes what is in the bin for good. */
  /** Deletions of messages that can be taken back, the latest first. */
  messagesDeleted(): Promise<DeletedMessageView[]>;
  binEmpty(): Promise<EmptiedView>;

  backupsList(): Promise<BackupView[]>;
  backupMake(): Promise<BackupView>;
  /** Starts the app again with this backup; what was there becomes a backup of its own. */
  backupRestore(name: string): Promise<void>;
  /** Answers how many files went. */
  backupsPurge(): Promise<number>;

  /** Messages that hold every word. */
  search(params: SearchParams): Promise<SearchHitView[]>;

  /** `null` stands for the conversation that does not exist yet. */
  draftSave(conversationId: string | null, text: string): Promise<void>;
  /** Words typed in the place of a message; `null` forgets them. */
  editDraftSave(messageId: string, text: string | null): Promise<void>;
  draftGet(conversationId: string | null): Promise<string>;

  /** Prepares a file and keeps it with the draft (`null`: of the conversation that does not exist yet). */
  attachmentAdd(conversationId: string | null, name: string, bytes: Uint8Array): Promise<AttachmentView>;
  attachmentRemove(attachmentId: string): Promise<void>;
  attachmentsOfDraft(conversationId: string | null): Promise<AttachmentView[]>;
  /** What is sent of it. */
  attachmentBytes(attachmentId: string): Promise<Uint8Array>;

  /** Asks where to and writes one conversation, or all (`null`); answers null if the person cancels. */
  conversationsExport(params: ExportParams): Promise<ExportedView | null>;
  /** Takes in the conversations of a file, zipped or not: our own, or an export of ChatGPT or Claude. */
  conversationsImport(bytes: Uint8Array): Promise<ImportedView>;
  compositionGet(conversationId: string): Promise<CompositionView>;
  /** From the next turn on. */
  compositionSet(conversationId: string, composition: CompositionView): Promise<void>;

  /** In the order of their names. */
  presetsList(): Promise<PresetView[]>;
  presetSave(preset: PresetParams): Promise<PresetView>;
  presetDelete(presetId: string): Promise<void>;
  /** Takes a deletion back. */
  presetRestore(presetId: string): Promise<void>;

  /** What would be sent of a conversation to a model, and what else could be. */
  contextPlan(accountId: string, modelId: string, asked: AskedParams): Promise<ContextPlanView>;
  /** From the next turn on. */
  contextChoose(conversationId: string, rule: ContextRuleName): Promise<void>;
  /** Pays for a summary of the beginning, which is sent in its place from then on; false if it was stopped. */
  contextSummarise(accountId: string, modelId: string, asked: AskedParams): Promise<boolean>;
  /** Stops the summary that is being written; what it said until then is paid for. */
  contextStop(conversationId: string): Promise<void>;

  turnSend(params: TurnSendParams, onEvent: OnTurnEvent): Promise<TurnStarted>;
  turnRetry(params: TurnRetryParams, onEvent: OnTurnEvent): Promise<TurnStarted>;
  turnEdit(params: TurnEditParams, onEvent: OnTurnEvent): Promise<TurnStarted>;
  /** Follows a turn that runs already; its first event holds everything so far. */
  turnAttach(turnId: string, onEvent: OnTurnEvent): Promise<void>;
  turnStop(turnId: string): Promise<void>;
  /** Lets a refused answer be that was to go on by itself. */
  turnStay(messageId: string): Promise<void>;

  settingsSet(settings: SettingsView): Promise<void>;
  /** Where everything that is kept on this device lies. */
  dataFolderGet(): Promise<DataFolderView>;
  /** Shows it in the system's file manager. */
  dataFolderOpen(): Promise<void>;
  /** The person has read that the database was damaged. */
  storageNoticeDismiss(): Promise<void>;
  providerSetupGet(providerId: string): Promise<ProviderSetupView>;
  /** Answers what is set up now; a new provider (`other`) has got its id. */
  providerSetupSave(params: ProviderSetupParams): Promise<ProviderSetupView>;
  /** `developerKey` is a secret: the caller forgets it at once, the host after one request. */
  providerRegisterApp(providerId: string, developerKey: SecretInput): Promise<ProviderSetupView>;
  /** Compares what it publishes about itself with what is set up; over within eight seconds. */
  providerCheck(providerId: string): Promise<ProviderCheckView>;
  /** Takes an added provider away, or what was set up for one that ships with the app. */
  providerRemove(providerId: string): Promise<void>;

  /** Draws a Mermaid diagram: only because the person asked for it. */
  diagramDraw(source: string): Promise<DrawingView>;
  /** Fetches an image that an answer points to: only because the person asked for it. */
  remoteImageGet(url: string): Promise<RemoteImageView>;
  /** Opens the system browser; the host admits only http, https and mailto. */
  linkOpen(url: string): Promise<void>;
  /** Copies an answer's Markdown source. */
  messageCopy(messageId: string): Promise<void>;
  textCopy(text: string): Promise<void>;

  onAppChanged(listener: (view: AppView) => void): Promise<Unlisten>;
  /** The steps of the attempt under way have changed. */
  onSignInStep(listener: () => void): Promise<Unlisten>;
  onSignInEnded(listener: (outcome: SignInOutcome) => void): Promise<Unlisten>;
  /** An answer in the conversation of this id goes on by itself: money has come. */
  onConversationWentOn(listener: (conversationId: string) => void): Promise<Unlisten>;
  /** An answer that had ended is otherwise than it was told: what it cost became known. */
  onMessageChanged(listener: (message: MessageView) => void): Promise<Unlisten>;
  onConversationChanged(listener: (conversation: ConversationView) => void): Promise<Unlisten>;
}
