import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { AppView, Command, TurnEvent } from '../ipc/generated/contract';
import type { Backend, OnTurnEvent, Unlisten } from './types';

/** Only commands of the contract can be named. */
function call<T>(command: Command, args: Record<string, unknown> = {}): Promise<T> {
  return invoke<T>(command, args);
}

/** A file as the request's body. Headers are ASCII: what the file is called goes as a query. */
function callWithFile<T>(
  command: Command,
  bytes: Uint8Array,
  about: Record<string, string> = {},
): Promise<T> {
  return invoke<T>(command, bytes, { headers: { 'x-about': new URLSearchParams(about).toString() } });
}

function turnChannel(onEvent: OnTurnEvent): Channel<TurnEvent> {
  const channel = new Channel<TurnEvent>();
  channel.onmessage = onEvent;
  return channel;
}

function on<T>(event: string, listener: (payload: T) => void): Promise<Unlisten> {
  return listen<T>(event, ({ payload }) => {
    listener(payload);
  });
}

/** The host writes it into the page (`src-tauri/src/first_view.rs`). It is old news once it was read. */
function appAtStart(): AppView | null {
  const data = document.getElementById('app-view');
  data?.remove();
  return data ? (JSON.parse(data.textContent) as AppView) : null;
}

/** The product's host: the Rust core behind Tauri's IPC. */
export const tauriBackend: Backend = {
  appAtStart,
  appGet: () => call('app_get'),

  signInStart: (params) => call('sign_in_start', { params }),
  consentStart: (accountId, scopes) => call('consent_start', { accountId, scopes }),
  signInSwitch: (signInId, way) => call('sign_in_switch', { signInId, way }),
  signInOpenAgain: (signInId) => call('sign_in_open_again', { signInId }),
  signInCopyLink: (signInId) => call('sign_in_copy_link', { signInId }),
  signInPaste: (signInId, address) => call('sign_in_paste', { signInId, address }),
  signInCancel: (signInId) => call('sign_in_cancel', { signInId }),
  leavingAsk: (leaving, accountId) => call('leaving_ask', { leaving, accountId }),
  accountsSignedOut: () => call('accounts_signed_out'),
  accountRemove: (accountId) => call('account_remove', { accountId }),
  deviceErase: () => call('device_erase'),
  doctorRun: () => call('doctor_run'),
  signInSteps: () => call('sign_in_steps'),
  signOut: (accountId, endBrowserSession) => call('sign_out', { accountId, endBrowserSession }),

  accountActivate: (accountId) => call('account_activate', { accountId }),
  balanceRefresh: (accountId) => call('balance_refresh', { accountId }),
  topUpOpen: (accountId, messageId) => call('top_up_open', { accountId, messageId }),
  accountManageOpen: (accountId) => call('account_manage_open', { accountId }),
  modelsList: (accountId) => call('models_list', { accountId }),

  promptCosts: (accountId, asked) => call('prompt_costs', { accountId, asked }),
  spendingGet: (params) => call('spending_get', { params }),
  spendingReconcile: (accountId) => call('spending_reconcile', { accountId }),
  ledgerSave: (format, accountId) => call('ledger_save', { format, accountId }),
  spendingBilled: (accountId) => call('spending_billed', { accountId }),
  lossesGet: (accountId) => call('losses_get', { accountId }),
  limitsGet: () => call('limits_get'),
  limitsSet: (limits) => call('limits_set', { limits }),

  conversationsList: (params) => call('conversations_list', { params }),
  conversationNames: () => call('conversation_names'),
  conversationOpen: (conversationId, messageId) => call('conversation_open', { conversationId, messageId }),
  messagesPage: (conversationId, first, count) => call('messages_page', { conversationId, first, count }),
  conversationFind: (conversationId, words) => call('conversation_find', { conversationId, words }),
  branchChoose: (messageId) => call('branch_choose', { messageId }),
  messageDelete: (messageId) => call('message_delete', { messageId }),
  messagesDeleted: () => call('messages_deleted'),
  messageRestore: (messageId) => call('message_restore', { messageId }),
  conversationRename: (conversationId, title) => call('conversation_rename', { conversationId, title }),
  conversationPin: (conversationId, pinned) => call('conversation_pin', { conversationId, pinned }),
  conversationArchive: (conversationId, archived) =>
    call('conversation_archive', { conversationId, archived }),
  conversationFile: (conversationId, folder) => call('conversation_file', { conversationId, folder }),
  conversationDelete: (conversationId) => call('conversation_delete', { conversationId }),
  conversationRestore: (conversationId) => call('conversation_restore', { conversationId }),

  binEmpty: () => call('bin_empty'),

  backupsList: () => call('backups_list'),
  backupMake: () => call('backup_make'),
  backupRestore: (name) => call('backup_restore', { name }),
  backupsPurge: () => call('backups_purge'),

  search: (params) => call('search', { params }),

  draftSave: (conversationId, text) => call('draft_save', { conversationId, text }),
  editDraftSave: (messageId, text) => call('edit_draft_save', { messageId, text }),
  draftGet: (conversationId) => call('draft_get', { conversationId }),

  attachmentAdd: (conversationId, name, bytes) =>
    callWithFile('attachment_add', bytes, { name, conversation: conversationId ?? '' }),
  attachmentRemove: (attachmentId) => call('attachment_remove', { attachmentId }),
  attachmentsOfDraft: (conversationId) => call('attachments_of_draft', { conversationId }),
  attachmentBytes: async (attachmentId) =>
    new Uint8Array(await call<ArrayBuffer>('attachment_bytes', { attachmentId })),

  conversationsExport: (params) => call('conversations_export', { params }),
  conversationsImport: (bytes) => callWithFile('conversations_import', bytes),
  compositionGet: (conversationId) => call('composition_get', { conversationId }),
  compositionSet: (conversationId, composition) => call('composition_set', { conversationId, composition }),

  presetsList: () => call('presets_list'),
  presetSave: (preset) => call('preset_save', { preset }),
  presetDelete: (presetId) => call('preset_delete', { presetId }),
  presetRestore: (presetId) => call('preset_restore', { presetId }),

  contextPlan: (accountId, modelId, asked) => call('context_plan', { accountId, modelId, asked }),
  contextChoose: (conversationId, rule) => call('context_choose', { conversationId, rule }),
  contextStop: (conversationId) => call('context_stop', { conversationId }),
  contextSummarise: (accountId, modelId, asked) => call('context_summarise', { accountId, modelId, asked }),

  turnSend: (params, onEvent) => call('turn_send', { params, channel: turnChannel(onEvent) }),
  turnRetry: (params, onEvent) => call('turn_retry', { params, channel: turnChannel(onEvent) }),
  turnEdit: (params, onEvent) => call('turn_edit', { params, channel: turnChannel(onEvent) }),
  turnAttach: (turnId, onEvent) => call('turn_attach', { turnId, channel: turnChannel(onEvent) }),
  turnStop: (turnId) => call('turn_stop', { turnId }),
  turnStay: (messageId) => call('turn_stay', { messageId }),

  settingsSet: (settings) => call('settings_set', { settings }),
  dataFolderGet: () => call('data_folder_get'),
  dataFolderOpen: () => call('data_folder_open'),
  storageNoticeDismiss: () => call('storage_notice_dismiss'),
  providerSetupGet: (providerId) => call('provider_setup_get', { providerId }),
  providerSetupSave: (params) => call('provider_setup_save', { params }),
  providerRegisterApp: (providerId, developerKey) =>
    call('provider_register_app', { providerId, developerKey }),
  providerCheck: (providerId) => call('provider_check', { providerId }),
  providerRemove: (providerId) => call('provider_remove', { providerId }),

  diagramDraw: (source) => call('diagram_draw', { source }),
  remoteImageGet: (url) => call('remote_image_get', { url }),
  linkOpen: (url) => call('link_open', { url }),
  messageCopy: (messageId) => call('message_copy', { messageId }),
  textCopy: (text) => call('text_copy', { text }),

  onAppChanged: (listener) => on('app-changed', listener),
  onSignInStep: (listener) => on('sign-in-step', listener),
  onSignInEnded: (listener) => on('sign-in-ended', listener),
  onConversationWentOn: (listener) => on('conversation-went-on', listener),
  onMessageChanged: (listener) => on('message-changed', listener),
  onConversationChanged: (listener) => on('conversation-changed', listener),
};
