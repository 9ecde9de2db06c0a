// Generated from src-tauri/src/ipc/contract by `cargo test --test ipc_contract`. Do not edit.

export type SecretInput = string;
export type AppView = { 
/**
 * The app's version, `x.y.z`.
 */
version: string, 
/**
 * Providers to choose from, in the order to offer them.
 */
providers: Array<ProviderView>, 
/**
 * Accounts signed in on this device, in the order they were added.
 */
accounts: Array<AccountView>, 
/**
 * Which of them pays for a new message.
 */
activeAccountId: string | null, 
/**
 * The attempt to sign in that is under way.
 */
pendingSignIn: PendingSignInView | null, 
/**
 * Refused answers that go on by themselves once money has come, by their messages' ids.
 */
awaitingMoney: Array<string>, 
/**
 * What the person chose in Settings.
 */
settings: SettingsView, 
/**
 * A fault of the data directory that the person must know of.
 */
storageNotice: StorageNotice | null, };
export type ProviderView = { 
/**
 * `quota`, `chutes`, `sandbox`, or the name the person gave.
 */
id: string, 
/**
 * The name to show.
 */
name: string, 
/**
 * Play money: amounts of this provider never meet a dollar.
 */
playMoney: boolean, 
/**
 * Whether "Sign in" can start at once, or set-up comes first.
 */
ready: boolean, 
/**
 * A sign-in ends in a key, and terms can be asked of it.
 */
takesKeyTerms: boolean, };
export type AccountView = { 
/**
 * Opaque; stable for (issuer, subject) on this device.
 */
id: string, 
/**
 * The provider's id.
 */
providerId: string, 
/**
 * The provider's name to show.
 */
providerName: string, 
/**
 * The person's name at the provider, or a stand-in.
 */
displayName: string, 
/**
 * Their e-mail address, where the provider says it.
 */
email: string | null, 
/**
 * A picture as a `data:` URL, fetched by Rust.
 */
picture: string | null, 
/**
 * Where the session stands.
 */
session: SessionView, 
/**
 * Play money: amounts of this account never meet a dollar.
 */
playMoney: boolean, 
/**
 * Scopes the provider granted.
 */
grantedScopes: Array<string>, 
/**
 * The wallet as last known.
 */
balance: BalanceView, 
/**
 * What it may use beside the balance.
 */
allowances: Array<AllowanceView>, 
/**
 * Whether the provider has a page to sign out of in the browser too.
 */
canEndBrowserSession: boolean, 
/**
 * It is signed in with a key that lasts until the person deletes it at the provider. A sign-out only
 * forgets it here, and can open the page where it is deleted.
 */
keyOutlivesSignOut: boolean, };
export type AllowanceView = { 
/**
 * Since when it counts.
 */
period: AllowancePeriodView, 
/**
 * What was used of it.
 */
used: MeasureView, 
/**
 * The most that may be used; `null` where there is no such limit.
 */
limit: MeasureView | null, 
/**
 * When it begins anew (RFC 3339), where the provider says.
 */
resetsAt: string | null, 
/**
 * When this was read (RFC 3339).
 */
asOf: string, };
export type AllowancePeriodView = "fourHours" | "month" | "day";
export type MeasureView = { "type": "money", 
/**
 * How much.
 */
amount: AmountView, } | { "type": "requests", 
/**
 * How many.
 */
count: number, };
export type SessionView = { "type": "signedIn", 
/**
 * Where they rest.
 */
persistence: Persistence, } | { "type": "reauthRequired" } | { "type": "keychainUnavailable", 
/**
 * Why, for "Details".
 */
detail: string, };
export type Persistence = "keychain" | "sessionOnly";
export type PendingSignInView = { 
/**
 * The attempt's id.
 */
id: string, 
/**
 * The provider's id.
 */
providerId: string, 
/**
 * The provider's name to show.
 */
providerName: string, 
/**
 * How far it is.
 */
stage: SignInStage, 
/**
 * When it started (RFC 3339).
 */
startedAt: string, 
/**
 * When it gives up (RFC 3339).
 */
deadlineAt: string, 
/**
 * The browser could not be started: offer the link instead.
 */
browserFailed: boolean, 
/**
 * Where the person says yes.
 */
way: SignInWay, 
/**
 * The provider offers a sign-in on another device; known once its metadata is.
 */
offersDevice: boolean, 
/**
 * What to do on another device, once its code is there.
 */
device: DevicePromptView | null, };
export type SignInStage = "preparing" | "waitingForBrowser" | "finishing";
export type SignInWay = "browser" | "device";
export type DevicePromptView = { 
/**
 * The code to type there.
 */
userCode: string, 
/**
 * Where to go.
 */
verificationUri: string, 
/**
 * The same with the code in it.
 */
verificationUriComplete: string | null, 
/**
 * The address (with the code in it, where there is such a one) to point a camera at; none where it is
 * too long for that.
 */
qrCode: QrCodeView | null, };
export type QrCodeView = { 
/**
 * Squares each way, the light margin included.
 */
size: number, 
/**
 * The dark ones, as an SVG path of rows, each one unit high.
 */
path: string, };
export type SignInOutcome = { "type": "signedIn", 
/**
 * As whom.
 */
accountId: string, } | { "type": "cancelled" } | { "type": "failed", 
/**
 * Why.
 */
error: IpcError, };
export type StorageNotice = { 
/**
 * What is wrong.
 */
kind: StorageNoticeKind, 
/**
 * For "Details".
 */
detail: string, };
export type StorageNoticeKind = "readOnly" | "newerVersion" | "damaged" | "restored";
export type SettingsView = { 
/**
 * Colours.
 */
theme: Theme, 
/**
 * What the window speaks.
 */
language: LanguageChoice, 
/**
 * Size of messages.
 */
textSize: TextSize, 
/**
 * Size of everything, in percent; the core keeps it within bounds.
 */
zoom: number, 
/**
 * What Enter does.
 */
sendKey: SendKey, 
/**
 * Whether misspelt words are marked, where the system has a dictionary.
 */
checkSpelling: boolean, 
/**
 * The model a new conversation starts with, by provider id.
 */
defaultModels: { [key in string]: string }, 
/**
 * Models that stand first in the picker, by provider id.
 */
favouriteModels: { [key in string]: Array<string> }, 
/**
 * The preset that a new conversation starts with; one that is gone is none.
 */
defaultPreset: string | null, 
/**
 * Whether the model that answered first names the conversation, which costs a little.
 */
titlesByModel: boolean, 
/**
 * Whether the conversation list is shown.
 */
sidebarOpen: boolean, };
export type Theme = "system" | "light" | "dark";
export type LanguageChoice = "system" | "en" | "de";
export type TextSize = "small" | "normal" | "large" | "larger";
export type SendKey = "enter" | "commandEnter";
export type DataFolderView = { 
/**
 * As a person would write it.
 */
path: string, };
export type ProviderSetupView = { 
/**
 * The provider's id (`other` for one to be added).
 */
providerId: string, 
/**
 * The name to show.
 */
providerName: string, 
/**
 * Redirect URIs to register, exactly.
 */
redirectUris: Array<string>, 
/**
 * Scopes to allow, space separated.
 */
scopes: string, 
/**
 * The client id in use, if any.
 */
clientId: string | null, 
/**
 * Where the client id comes from.
 */
clientIdSource: ValueSource, 
/**
 * Whether this provider insists on a client secret.
 */
secret: SecretNeed, 
/**
 * Whether a client secret is at hand, and from where. The secret itself never comes out.
 */
secretSource: ValueSource, 
/**
 * The provider's page where apps are registered.
 */
registrationUrl: string | null, 
/**
 * Issuer or base URL (to be typed for `other`).
 */
issuer: string | null, 
/**
 * The endpoints, where they are known without discovery.
 */
endpoints: EndpointsView | null, 
/**
 * Base URL of the OpenAI-compatible API.
 */
apiBase: string | null, 
/**
 * Where issuer, endpoints and API address come from.
 */
addressesSource: ValueSource, 
/**
 * Where the scopes come from.
 */
scopesSource: ValueSource, 
/**
 * Where the redirect URIs come from.
 */
redirectSource: ValueSource, 
/**
 * The ports of `127.0.0.1` that the provider takes redirects on; null means any, or none where the
 * redirect goes by the app's own scheme.
 */
redirectPorts: Array<number> | null, 
/**
 * The app's own ports, in the order in which they are tried.
 */
registeredPorts: Array<number>, 
/**
 * Whether the app can be registered there with a developer key.
 */
registersApps: boolean, 
/**
 * Whether there is something to take away: an added provider, or what was set up for one that ships.
 */
isSetUpHere: boolean, };
export type ValueSource = "none" | "builtIn" | "environment" | "setUp";
export type SecretNeed = "none" | "optional" | "required";
export type ProviderSetupParams = { 
/**
 * The provider's id; a new name for another provider.
 */
providerId: string, 
/**
 * The name to show (for another provider).
 */
providerName: string | null, 
/**
 * The client id.
 */
clientId: string, 
/**
 * A client secret to store in the keychain; absent leaves what is there.
 */
clientSecret: SecretInput | null, 
/**
 * Issuer URL (for another provider).
 */
issuer: string | null, 
/**
 * Its endpoints, where it has no discovery; they take the issuer's place.
 */
endpoints: EndpointsView | null, 
/**
 * Base URL of the OpenAI-compatible API (for another provider).
 */
apiBase: string | null, 
/**
 * Scopes, space separated (for another provider).
 */
scopes: string | null, 
/**
 * Ports that another provider takes redirects on: null means any, an empty list the app's own.
 */
redirectPorts: Array<number> | null, };
export type EndpointsView = { 
/**
 * `authorization_endpoint`.
 */
authorization: string, 
/**
 * `token_endpoint`.
 */
token: string, 
/**
 * `userinfo_endpoint`, where there is one.
 */
userinfo: string | null, };
export type ProviderCheckView = { "type": "compared", 
/**
 * What is not the same.
 */
differences: Array<MetadataDifferenceView>, } | { "type": "noDocument", 
/**
 * Why, for "Details".
 */
detail: string, };
export type MetadataDifferenceView = { 
/**
 * Which.
 */
subject: MetadataSubject, 
/**
 * What is set up here.
 */
ours: string, 
/**
 * What the document has, if it says anything; several values are space separated.
 */
theirs: string | null, };
export type MetadataSubject = "issuer" | "authorizationEndpoint" | "tokenEndpoint" | "userinfoEndpoint" | "revocationEndpoint" | "scope" | "codeChallengeMethod";
export type AmountView = { "type": "usd", 
/**
 * Millionths of a US dollar.
 */
micro: number, } | { "type": "play", 
/**
 * Millionths of a play dollar.
 */
micro: number, };
export type AmountLabel = "reported" | "computed" | "estimate";
export type CostView = { 
/**
 * How much.
 */
amount: AmountView, 
/**
 * How it is known.
 */
label: AmountLabel, };
export type BalanceView = { "type": "known", 
/**
 * How much; may be negative.
 */
amount: AmountView, 
/**
 * RFC 3339.
 */
asOf: string, 
/**
 * The last attempt to read it again failed: this is the last known one.
 */
stale: boolean, } | { "type": "keyCap", 
/**
 * All that the key ever spent.
 */
spent: AmountView, 
/**
 * What it may spend, where there is a limit.
 */
limit: KeyLimitView | null, 
/**
 * When the key ends, if it does; RFC 3339.
 */
endsAt: string | null, 
/**
 * RFC 3339.
 */
asOf: string, 
/**
 * The last attempt to read it again failed: this is the last known one.
 */
stale: boolean, } | { "type": "notLinked" } | { "type": "notReadable" } | { "type": "unlimited" } | { "type": "unknown" };
export type KeyLimitView = { 
/**
 * The limit.
 */
amount: AmountView, 
/**
 * How much of it was used since it last began anew.
 */
used: AmountView, 
/**
 * How often it begins anew.
 */
resets: LimitResetView, };
export type LimitResetView = "never" | "daily" | "weekly" | "monthly" | "otherwise";
export type ModelView = { 
/**
 * The id to send.
 */
id: string, 
/**
 * Price of input, per million tokens.
 */
inputPrice: AmountView | null, 
/**
 * Price of output, per million tokens.
 */
outputPrice: AmountView | null, 
/**
 * Context length in tokens.
 */
contextLength: number | null, 
/**
 * What goes in: `text`, `image`, …
 */
inputModalities: Array<string>, 
/**
 * `tools`, `reasoning`, …
 */
features: Array<string>, };
export type UsageView = { 
/**
 * Tokens in.
 */
inputTokens: number, 
/**
 * Of which read from a cache.
 */
cachedTokens: number, 
/**
 * Tokens out, reasoning included.
 */
outputTokens: number, 
/**
 * Of which reasoning.
 */
reasoningTokens: number, };
export type PromptCostView = { 
/**
 * The model's id.
 */
modelId: string, 
/**
 * With a short answer; `null` where the model has no known price.
 */
low: AmountView | null, 
/**
 * With a long answer.
 */
high: AmountView | null, };
export type SpendingBy = "day" | "month" | "model" | "account" | "conversation" | "purpose";
export type SpendingParams = { 
/**
 * How to group them.
 */
by: SpendingBy, 
/**
 * Only this account's.
 */
accountId: string | null, };
export type SpendingView = { 
/**
 * Of all groups.
 */
total: TotalsView, 
/**
 * By group, in ascending order of its name.
 */
groups: Array<SpendingGroupView>, };
export type SpendingGroupView = { 
/**
 * A day, a month or an id, as asked for.
 */
name: string, 
/**
 * The title, where it is a conversation that is still here.
 */
title: string | null, 
/**
 * What its receipts add up to.
 */
totals: TotalsView, };
export type TotalsView = { 
/**
 * Dollars, labelled as the least known part.
 */
usd: CostView | null, 
/**
 * Play money, likewise.
 */
play: CostView | null, 
/**
 * How many answers.
 */
answers: number, 
/**
 * How many of them have no known cost: the sums leave them out.
 */
unpriced: number, };
export type ReconciliationView = { 
/**
 * From when (RFC 3339).
 */
from: string, 
/**
 * Until when (RFC 3339).
 */
to: string, 
/**
 * By how much the balance went down, money that came in left out.
 */
taken: AmountView, 
/**
 * What receipts say.
 */
explained: AmountView, 
/**
 * Money that came in.
 */
added: AmountView, 
/**
 * What no receipt explains.
 */
unexplained: AmountView, 
/**
 * What receipts say and the provider has not taken yet.
 */
unbilled: AmountView, 
/**
 * Where what is not explained comes from, oldest first.
 */
differences: Array<DifferenceView>, };
export type DifferenceView = { 
/**
 * The reading of the balance before (RFC 3339).
 */
from: string, 
/**
 * The one after (RFC 3339).
 */
to: string, 
/**
 * How much.
 */
amount: AmountView, };
export type BilledDayView = { 
/**
 * Its midnight (RFC 3339).
 */
day: string, 
/**
 * What the provider billed.
 */
billed: AmountView, 
/**
 * For how many requests.
 */
requests: number, 
/**
 * What the receipts say.
 */
explained: AmountView, 
/**
 * For how many answers.
 */
answers: number, };
export type LedgerFormatView = "csv" | "json";
export type LimitSetView = { 
/**
 * One answer.
 */
message: number | null, 
/**
 * One conversation.
 */
conversation: number | null, 
/**
 * One day.
 */
day: number | null, 
/**
 * One calendar month.
 */
month: number | null, };
export type AccountLimitView = { 
/**
 * The account.
 */
accountId: string, 
/**
 * Millionths of its kind of money.
 */
micro: number, };
export type LimitsView = { 
/**
 * On dollars.
 */
usd: LimitSetView, 
/**
 * On play money.
 */
play: LimitSetView, 
/**
 * On accounts.
 */
accounts: Array<AccountLimitView>, 
/**
 * Models whose price is not known may be used although there are limits.
 */
unpricedAllowed: boolean, };
export type LimitsStateView = { 
/**
 * The limits.
 */
limits: LimitsView, 
/**
 * Dollars today.
 */
usdDay: AmountView, 
/**
 * Dollars this month.
 */
usdMonth: AmountView, 
/**
 * Play money today.
 */
playDay: AmountView, 
/**
 * Play money this month.
 */
playMonth: AmountView, 
/**
 * This month by account.
 */
accounts: Array<AccountSpentView>, 
/**
 * When the day ends (RFC 3339).
 */
dayEnds: string, 
/**
 * When the month ends (RFC 3339).
 */
monthEnds: string, };
export type AccountSpentView = { 
/**
 * The account.
 */
accountId: string, 
/**
 * This month.
 */
month: AmountView, };
export type LimitNameView = "message" | "conversation" | "day" | "month" | "account";
export type LimitReachedView = { 
/**
 * Which.
 */
limit: LimitNameView, 
/**
 * How much it is.
 */
amount: AmountView, 
/**
 * What counts against it.
 */
counted: AmountView, 
/**
 * The part of that which other answers under way hold.
 */
held: AmountView, 
/**
 * When it begins anew (RFC 3339), if it does.
 */
resetsAt: string | null, };
export type LoweredByView = "wallet" | "message" | "conversation" | "day" | "month" | "account" | "asked";
export type LoweredView = { 
/**
 * The most tokens.
 */
maxTokens: number, 
/**
 * Why.
 */
by: LoweredByView, };
export type LossView = { 
/**
 * How it came about.
 */
cause: LossCauseView, 
/**
 * How much, and how that is known.
 */
cost: CostView, };
export type LossCauseView = "noWords" | "begunAnew";
export type LossesView = { 
/**
 * How much.
 */
amount: AmountView, 
/**
 * Of how many answers.
 */
answers: number, };
export type ConversationView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Last change (RFC 3339).
 */
updatedAt: string, 
/**
 * Who pays for it.
 */
accountId: string | null, 
/**
 * The model it last used.
 */
modelId: string | null, 
/**
 * What it cost so far in dollars, if anything.
 */
costUsd: CostView | null, 
/**
 * What it cost so far in play money, if anything.
 */
costPlay: CostView | null, 
/**
 * It stays on top of the list.
 */
pinned: boolean, 
/**
 * It is put away.
 */
archived: boolean, 
/**
 * The folder it lies in.
 */
folder: string | null, 
/**
 * How much of it is sent.
 */
context: ContextRuleName, 
/**
 * In the bin since (RFC 3339).
 */
deletedAt: string | null, 
/**
 * An answer is streaming in.
 */
streaming: boolean, };
export type AttachmentView = { 
/**
 * Its id.
 */
id: string, 
/**
 * The name of the file that it was made from.
 */
name: string, 
/**
 * What it is.
 */
kind: AttachmentKind, 
/**
 * Bytes that are sent.
 */
size: number, 
/**
 * Pages, of a PDF.
 */
pages: number | null, };
export type AttachmentKind = "image" | "text" | "pdf";
export type ExportFormat = "json" | "markdown" | "html";
export type ExportParams = { 
/**
 * Which conversation; `null` is all that are not in the bin.
 */
conversationId: string | null, 
/**
 * As what.
 */
format: ExportFormat, 
/**
 * Also what was deleted and is not gone yet: in JSON, and in what an archive has for the import.
 */
deleted: boolean, 
/**
 * As one ZIP file, with the attached files, and everything to be imported again.
 */
archive: boolean, };
export type ExportedView = { 
/**
 * How many conversations.
 */
conversations: number, 
/**
 * Where.
 */
path: string, };
export type ImportedView = { 
/**
 * How many are in the list now.
 */
added: number, 
/**
 * One of them, to be shown.
 */
firstId: string | null, 
/**
 * How many were here already.
 */
alreadyHere: number, 
/**
 * How many had nothing to read.
 */
leftOut: number, };
export type CompositionView = { 
/**
 * The system prompt; empty is none.
 */
instructions: string, 
/**
 * Sampling temperature, 0 to 2.
 */
temperature: number | null, 
/**
 * Nucleus sampling, 0 to 1.
 */
topP: number | null, 
/**
 * Most tokens of an answer.
 */
maxTokens: number | null, };
export type PresetView = { 
/**
 * Its id.
 */
id: string, 
/**
 * What the person calls it.
 */
name: string, 
/**
 * The system prompt, its variables in double braces.
 */
instructions: string, 
/**
 * Sampling temperature, 0 to 2.
 */
temperature: number | null, 
/**
 * Nucleus sampling, 0 to 1.
 */
topP: number | null, 
/**
 * Most tokens of an answer.
 */
maxTokens: number | null, 
/**
 * The model that answers, where one was chosen.
 */
modelId: string | null, 
/**
 * The variables that are asked for when a conversation begins.
 */
variables: Array<string>, };
export type PresetParams = { 
/**
 * Which one to change; absent makes a new one.
 */
id: string | null, 
/**
 * What the person calls it.
 */
name: string, 
/**
 * The system prompt.
 */
instructions: string, 
/**
 * Sampling temperature, 0 to 2.
 */
temperature: number | null, 
/**
 * Nucleus sampling, 0 to 1.
 */
topP: number | null, 
/**
 * Most tokens of an answer.
 */
maxTokens: number | null, 
/**
 * The model that answers, where one is wanted.
 */
modelId: string | null, };
export type PresetUseParams = { 
/**
 * Which.
 */
presetId: string, 
/**
 * Values by variable.
 */
values: { [key in string]: string }, };
export type AskedParams = { 
/**
 * Where; absent is a new conversation.
 */
conversationId: string | null, 
/**
 * Only what comes before this message counts: the answer that is asked for again, or the words that
 * others replace.
 */
before: string | null, 
/**
 * The words; empty where an answer is asked for again.
 */
text: string, 
/**
 * What a new conversation begins with.
 */
preset: PresetUseParams | null, };
export type ContextRuleName = "whole" | "recent" | "summary";
export type ContextPlanView = { 
/**
 * What holds for this conversation.
 */
rule: ContextRuleName, 
/**
 * Tokens that the model takes with its answer, where that is known.
 */
window: number | null, 
/**
 * What the rule sends.
 */
sent: SentPartView, 
/**
 * Whether that fits.
 */
fits: boolean, 
/**
 * Everything.
 */
whole: SentPartView, 
/**
 * The latest messages that fit; absent where not even the last words do.
 */
recent: SentPartView | null, 
/**
 * Summarising the beginning; absent where nothing is to be gained by it.
 */
summary: SummaryPlanView | null, 
/**
 * Models of the same account that are known to take everything.
 */
roomier: Array<string>, };
export type SentPartView = { 
/**
 * How many messages, the words about to be sent among them.
 */
messages: number, 
/**
 * Estimated tokens.
 */
tokens: number, 
/**
 * What it costs with a short answer; absent where the model has no known price.
 */
low: AmountView | null, 
/**
 * With a long one.
 */
high: AmountView | null, };
export type SummaryPlanView = { 
/**
 * How many messages it stands for.
 */
covers: number, 
/**
 * What making it costs, if it is short; absent where the model has no known price.
 */
low: AmountView | null, 
/**
 * If it is long.
 */
high: AmountView | null, 
/**
 * What is sent then.
 */
then: SentPartView, };
export type ConversationDetail = { 
/**
 * Its row.
 */
conversation: ConversationView, 
/**
 * Its last messages, or those around the one asked for.
 */
page: MessagePage, 
/**
 * Words typed and not sent yet.
 */
draft: string, 
/**
 * Words typed in the place of one of its messages, and not sent yet.
 */
editDraft: EditDraftView | null, };
export type EditDraftView = { 
/**
 * The message that they are to stand beside.
 */
messageId: string, 
/**
 * The words so far; they may be empty.
 */
text: string, };
export type MessagePage = { 
/**
 * How many come before them.
 */
first: number, 
/**
 * How many the whole branch has.
 */
total: number, 
/**
 * The messages, oldest first.
 */
messages: Array<MessageView>, };
export type ShelfName = "current" | "archive" | "bin";
export type ListParams = { 
/**
 * Which list.
 */
shelf: ShelfName, 
/**
 * What lies behind this place; `null` is its beginning.
 */
after: ListPlaceView | null, 
/**
 * At most so many.
 */
count: number, };
export type ListPlaceView = { 
/**
 * 0 for pinned ones and the whole of the archive and the bin, 1 for those in folders, 2 for the others.
 */
section: number, 
/**
 * The folder; capital letters of ASCII count as small ones.
 */
sectionName: string, 
/**
 * The last change in milliseconds of Unix time, negative: the latest first.
 */
recency: number, 
/**
 * The conversation there.
 */
id: string, };
export type ListPageView = { 
/**
 * The conversations.
 */
conversations: Array<ConversationView>, 
/**
 * Where they end; `null` at the list's end.
 */
next: ListPlaceView | null, 
/**
 * How many the whole list has.
 */
total: number, };
export type ListNamesView = { 
/**
 * The folders.
 */
folders: Array<string>, 
/**
 * The models that answer.
 */
modelIds: Array<string>, };
export type SearchParams = { 
/**
 * The words as typed.
 */
words: string, 
/**
 * Only what this account paid for.
 */
accountId: string | null, 
/**
 * Only to and from this model.
 */
modelId: string | null, 
/**
 * Only from the last so many days.
 */
days: number | null, 
/**
 * The best of the newest two thousand hits first, instead of the newest.
 */
bestFirst: boolean, };
export type FoundView = { 
/**
 * The message.
 */
messageId: string, 
/**
 * Its place in the shown branch, from 0.
 */
index: number, };
export type DrawingView = { "type": "drawn", 
/**
 * Dark ink.
 */
light: SheetView, 
/**
 * Light ink.
 */
dark: SheetView, } | { "type": "refused", 
/**
 * What is wrong with its source, in English.
 */
reason: string, };
export type SheetView = { 
/**
 * The document, to be shown as an image.
 */
svg: string, 
/**
 * Its width, in CSS pixels.
 */
width: number, 
/**
 * Its height, in CSS pixels.
 */
height: number, };
export type RemoteImageView = { "type": "shown", 
/**
 * A `data:` URL.
 */
dataUrl: string, 
/**
 * In pixels.
 */
width: number, 
/**
 * In pixels.
 */
height: number, } | { "type": "refused", 
/**
 * Why.
 */
why: UnshownImage, };
export type UnshownImage = "address" | "unreachable" | "notGiven" | "tooLarge" | "noImage";
export type EmptiedView = { 
/**
 * Conversations that are gone.
 */
conversations: number, 
/**
 * Messages deleted out of conversations that are gone.
 */
messages: number, 
/**
 * Backups and damaged files kept aside that may still hold their words.
 */
copiesLeft: number, };
export type DeletedMessageView = { 
/**
 * The message.
 */
id: string, 
/**
 * The conversation that it was deleted out of.
 */
conversationId: string, 
/**
 * That conversation's title.
 */
title: string, 
/**
 * Who speaks.
 */
role: MessageRole, 
/**
 * The beginning of the words.
 */
beginning: string, 
/**
 * When it was deleted (RFC 3339).
 */
deletedAt: string, 
/**
 * How many messages went, this one included.
 */
messages: number, };
export type BackupView = { 
/**
 * Its file name, which is also how it is asked for.
 */
name: string, 
/**
 * When it was made (RFC 3339).
 */
createdAt: string, 
/**
 * Its size in bytes.
 */
bytes: number, };
export type SearchHitView = { 
/**
 * The message.
 */
messageId: string, 
/**
 * Where it is.
 */
conversationId: string, 
/**
 * That conversation's title.
 */
title: string, 
/**
 * Who speaks.
 */
role: MessageRole, 
/**
 * When (RFC 3339).
 */
createdAt: string, 
/**
 * A part of the message around what was found.
 */
snippet: Array<SnippetPartView>, };
export type SnippetPartView = { 
/**
 * Plain text.
 */
text: string, 
/**
 * It is one of the words looked for.
 */
found: boolean, };
export type MessageView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its edits or retries, itself included, oldest first: each leads to a branch of its own.
 */
siblingIds: Array<string>, 
/**
 * Who speaks.
 */
role: MessageRole, 
/**
 * A person's words as typed; empty for an answer (its words are in `blocks`).
 */
text: string, 
/**
 * What goes with the words.
 */
attachments: Array<AttachmentView>, 
/**
 * Finished, sanitised HTML blocks of an answer.
 */
blocks: Array<string>, 
/**
 * The model's reasoning, plain text.
 */
reasoning: string, 
/**
 * When (RFC 3339).
 */
createdAt: string, 
/**
 * Where the message stands.
 */
status: MessageStatus, 
/**
 * The model that answers.
 */
modelId: string | null, 
/**
 * Who pays.
 */
accountId: string | null, 
/**
 * Tokens, where known.
 */
usage: UsageView | null, 
/**
 * Cost, where known.
 */
cost: CostView | null, 
/**
 * What was paid for it without its words having come.
 */
loss: LossView | null, 
/**
 * The room that it was given, where that is less than its model has.
 */
lowered: LoweredView | null, };
export type MessageRole = "user" | "assistant";
export type MessageStatus = { "type": "streaming", 
/**
 * The turn, for Stop and to attach again.
 */
turnId: string, } | { "type": "complete" } | { "type": "truncated" } | { "type": "stopped" } | { "type": "cutOff" } | { "type": "failed", 
/**
 * Why, with the next step.
 */
error: IpcError, };
export type TurnSendParams = { 
/**
 * Where; absent starts a new conversation.
 */
conversationId: string | null, 
/**
 * The person's words.
 */
text: string, 
/**
 * Ids of attachments that go with them.
 */
attachments: Array<string>, 
/**
 * What a new conversation begins with.
 */
preset: PresetUseParams | null, 
/**
 * Which model.
 */
modelId: string, 
/**
 * Who pays.
 */
accountId: string, };
export type TurnRetryParams = { 
/**
 * The answer to replace.
 */
messageId: string, 
/**
 * Which model.
 */
modelId: string, 
/**
 * Who pays.
 */
accountId: string, 
/**
 * With room for a shorter answer: no more than wallet and limits afford.
 */
shorter: boolean, };
export type TurnEditParams = { 
/**
 * The words to replace.
 */
messageId: string, 
/**
 * The new ones.
 */
text: string, 
/**
 * Which model.
 */
modelId: string, 
/**
 * Who pays.
 */
accountId: string, };
export type TurnStarted = { 
/**
 * The turn, for Stop.
 */
turnId: string, 
/**
 * The conversation, new or not.
 */
conversation: ConversationView, 
/**
 * The person's message as stored.
 */
userMessage: MessageView, 
/**
 * The answer, still empty.
 */
assistantMessage: MessageView, 
/**
 * How many messages of the shown branch come before the person's.
 */
userIndex: number, };
export type TurnEvent = { "type": "patch", 
/**
 * In order.
 */
ops: Array<PatchOp>, 
/**
 * Reasoning to append.
 */
reasoning: string, } | { "type": "running", 
/**
 * Tokens so far.
 */
usage: UsageView, 
/**
 * Cost so far.
 */
cost: CostView | null, } | { "type": "lowered", 
/**
 * The most tokens.
 */
maxTokens: number, 
/**
 * What does not afford more.
 */
by: LoweredByView, } | { "type": "restarted" } | { "type": "ended", 
/**
 * The answer.
 */
message: MessageView, 
/**
 * Its conversation with new totals and title.
 */
conversation: ConversationView, };
export type PatchOp = { "op": "append", 
/**
 * Sanitised HTML.
 */
html: string, } | { "op": "grow", 
/**
 * How often to descend.
 */
depth: number, 
/**
 * How many child nodes stay.
 */
keep: number, 
/**
 * Sanitised HTML.
 */
html: string, } | { "op": "text", 
/**
 * How often to descend.
 */
depth: number, 
/**
 * Plain text.
 */
text: string, } | { "op": "replace", 
/**
 * Counted from 0.
 */
block: number, 
/**
 * Sanitised HTML.
 */
html: string, } | { "op": "truncate", 
/**
 * Counted from 0.
 */
from: number, };
export type DiagnosisView = { 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Nothing is in the way of a sign-in.
 */
healthy: boolean, 
/**
 * In the order in which a sign-in meets them.
 */
findings: Array<FindingView>, };
export type FindingView = { 
/**
 * What it is about.
 */
area: DoctorArea, 
/**
 * Which one: a port, a variable, a provider's id.
 */
subject: string, 
/**
 * How it is.
 */
verdict: DoctorVerdict, 
/**
 * In a sentence, in English: it is for a report too.
 */
what: string, };
export type DoctorArea = "redirectPort" | "loopback" | "proxy" | "browser" | "keychain" | "dataDirectory" | "provider" | "clock" | "session";
export type DoctorVerdict = "ok" | "note" | "problem";
export type SignInTraceView = { 
/**
 * The provider's name to show.
 */
providerName: string, 
/**
 * When the attempt started, RFC 3339.
 */
startedAt: string, 
/**
 * In order.
 */
steps: Array<FlowStepView>, 
/**
 * The attempt is over, well or not.
 */
isOver: boolean, };
export type FlowStepView = { 
/**
 * Its lasting name, as `tup sign-in --trace --json` has it.
 */
name: string, 
/**
 * Where the standards have it.
 */
reference: string, 
/**
 * When it was over, RFC 3339.
 */
at: string, 
/**
 * What came of it.
 */
outcome: FlowOutcome, 
/**
 * Why, where it failed or was ignored.
 */
reason: string | null, 
/**
 * What was sent or received; a secret is told by its length alone.
 */
values: Array<FlowValueView>, };
export type FlowOutcome = "done" | "ignored" | "failed";
export type FlowValueView = { 
/**
 * The name.
 */
name: string, 
/**
 * Fit for anybody's eyes.
 */
value: string, };
export type LeavingParams = "signOut" | "removeAccount" | "eraseDevice";
export type KeptView = "conversations" | "costs" | "accountName" | "providerSetUp" | "otherAccounts" | "browserSession" | "key" | "providerRecords";
export type SignedOutAccountView = { 
/**
 * Opaque; signing in again as the same person has the same.
 */
id: string, 
/**
 * The provider's id, which may have been removed since.
 */
providerId: string, 
/**
 * The provider's name to show.
 */
providerName: string, 
/**
 * The name to show.
 */
displayName: string, };
export type IpcError = { 
/**
 * What a person can do something about.
 */
code: ErrorCode, 
/**
 * For "Details"; free of secrets, never shown as our own words.
 */
detail: string, 
/**
 * The same again may succeed.
 */
retryable: boolean, 
/**
 * RFC 3339: not before then, where the provider said so.
 */
retryAt: string | null, 
/**
 * Scopes, space separated, whose consent would help, where it is known which are missing.
 */
missingScopes: string | null, 
/**
 * Which limit of the person's is the cause, if one is.
 */
limit?: LimitReachedView, 
/**
 * Ties the message to the log.
 */
correlationId: string, 
/**
 * The field of a set-up form that it is about.
 */
field: SetupField | null, };
export type ErrorCode = "accessDenied" | "signInTimedOut" | "browserUnavailable" | "redirectPortUnavailable" | "launchAddressReused" | "redirectInvalid" | "otherAccount" | "deviceSignInUnsupported" | "deviceCodeExpired" | "clockSkewed" | "providerUntrusted" | "registrationRejected" | "setupIncomplete" | "networkOffline" | "providerUnavailable" | "reauthRequired" | "keychainLocked" | "keychainUnavailable" | "insufficientScope" | "insufficientBalance" | "reservationTooLarge" | "allowanceUsedUp" | "keyCapReached" | "notYourWallet" | "limitReached" | "priceUnknown" | "confirmationNeeded" | "modelNotIncluded" | "modelUnavailable" | "rateLimited" | "atCapacity" | "requestRejected" | "conversationTooLong" | "contentRefused" | "answerInProgress" | "streamInterrupted" | "importUnreadable" | "exportUnwritable" | "attachmentTooLarge" | "attachmentUnsupported" | "attachmentUnreadable" | "modelTakesNoImages" | "storageUnavailable" | "notFound" | "internal";
export type SetupField = "name" | "issuer" | "authorizationEndpoint" | "tokenEndpoint" | "userinfoEndpoint" | "apiBase" | "clientId" | "clientSecret" | "scopes" | "redirectUri" | "developerKey";
export type SignInStartParams = { 
/**
 * The provider's id.
 */
providerId: string, 
/**
 * Where the tokens shall rest.
 */
persistence: Persistence, 
/**
 * What to ask of the key, at a provider that gives one. Others are asked nothing.
 */
terms: KeyTermsParams | null, 
/**
 * Where the person is going to say yes.
 */
way: SignInWay, };
export type KeyTermsParams = { 
/**
 * The most that it may spend, in millionths of a dollar.
 */
limitMicroUsd: number | null, 
/**
 * How often that begins anew.
 */
resets: LimitResetView, 
/**
 * In how many days it ends.
 */
endsInDays: number | null, };
export type Command =
  | 'app_get'
  | 'sign_in_start'
  | 'consent_start'
  | 'sign_in_switch'
  | 'sign_in_open_again'
  | 'sign_in_copy_link'
  | 'sign_in_paste'
  | 'sign_in_cancel'
  | 'sign_out'
  | 'leaving_ask'
  | 'accounts_signed_out'
  | 'account_remove'
  | 'device_erase'
  | 'doctor_run'
  | 'sign_in_steps'
  | 'account_activate'
  | 'balance_refresh'
  | 'top_up_open'
  | 'account_manage_open'
  | 'models_list'
  | 'conversations_list'
  | 'conversation_names'
  | 'conversation_open'
  | 'messages_page'
  | 'conversation_find'
  | 'branch_choose'
  | 'message_delete'
  | 'message_restore'
  | 'messages_deleted'
  | 'conversation_rename'
  | 'conversation_pin'
  | 'conversation_archive'
  | 'conversation_file'
  | 'conversation_delete'
  | 'conversation_restore'
  | 'bin_empty'
  | 'backups_list'
  | 'backup_make'
  | 'backup_restore'
  | 'backups_purge'
  | 'search'
  | 'draft_get'
  | 'draft_save'
  | 'edit_draft_save'
  | 'prompt_costs'
  | 'spending_get'
  | 'spending_reconcile'
  | 'spending_billed'
  | 'losses_get'
  | 'ledger_save'
  | 'limits_get'
  | 'limits_set'
  | 'attachment_add'
  | 'attachment_remove'
  | 'attachments_of_draft'
  | 'attachment_bytes'
  | 'conversations_export'
  | 'conversations_import'
  | 'composition_get'
  | 'composition_set'
  | 'presets_list'
  | 'preset_save'
  | 'preset_delete'
  | 'preset_restore'
  | 'context_plan'
  | 'context_choose'
  | 'context_summarise'
  | 'context_stop'
  | 'turn_send'
  | 'turn_retry'
  | 'turn_edit'
  | 'turn_attach'
  | 'turn_stop'
  | 'turn_stay'
  | 'settings_set'
  | 'data_folder_get'
  | 'data_folder_open'
  | 'storage_notice_dismiss'
  | 'provider_setup_get'
  | 'provider_setup_save'
  | 'provider_register_app'
  | 'provider_check'
  | 'provider_remove'
  | 'diagram_draw'
  | 'remote_image_get'
  | 'link_open'
  | 'message_copy'
  | 'text_copy'
