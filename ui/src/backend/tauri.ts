import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { TurnEvent } from '../ipc/generated/contract';
import type { Backend, OnTurnEvent, Unlisten } from './types';

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

/** The product's host: the Rust core behind Tauri's IPC. */
export const tauriBackend: Backend = {
  appGet: () => invoke('app_get'),

  signInStart: (params) => invoke('sign_in_start', { params }),
  signInOpenAgain: (signInId) => invoke('sign_in_open_again', { signInId }),
  signInCopyLink: (signInId) => invoke('sign_in_copy_link', { signInId }),
  signInPaste: (signInId, address) => invoke('sign_in_paste', { signInId, address }),
  signInCancel: (signInId) => invoke('sign_in_cancel', { signInId }),
  signOut: (accountId, endBrowserSession) => invoke('sign_out', { accountId, endBrowserSession }),

  accountActivate: (accountId) => invoke('account_activate', { accountId }),
  balanceRefresh: (accountId) => invoke('balance_refresh', { accountId }),
  topUpOpen: (accountId) => invoke('top_up_open', { accountId }),
  modelsList: (accountId) => invoke('models_list', { accountId }),

  conversationsList: () => invoke('conversations_list'),
  conversationOpen: (conversationId) => invoke('conversation_open', { conversationId }),
  conversationRename: (conversationId, title) => invoke('conversation_rename', { conversationId, title }),
  conversationDelete: (conversationId) => invoke('conversation_delete', { conversationId }),
  conversationRestore: (conversationId) => invoke('conversation_restore', { conversationId }),

  draftSave: (conversationId, text) => invoke('draft_save', { conversationId, text }),
  draftGet: (conversationId) => invoke('draft_get', { conversationId }),

  turnSend: (params, onEvent) => invoke('turn_send', { params, channel: turnChannel(onEvent) }),
  turnRetry: (params, onEvent) => invoke('turn_retry', { params, channel: turnChannel(onEvent) }),
  turnAttach: (turnId, onEvent) => invoke('turn_attach', { turnId, channel: turnChannel(onEvent) }),
  turnStop: (turnId) => invoke('turn_stop', { turnId }),

  settingsSet: (settings) => invoke('settings_set', { settings }),
  providerSetupGet: (providerId) => invoke('provider_setup_get', { providerId }),
  providerSetupSave: (params) => invoke('provider_setup_save', { params }),

  linkOpen: (url) => invoke('link_open', { url }),
  messageCopy: (messageId) => invoke('message_copy', { messageId }),
  textCopy: (text) => invoke('text_copy', { text }),

  onAppChanged: (listener) => on('app-changed', listener),
  onSignInEnded: (listener) => on('sign-in-ended', listener),
  onConversationChanged: (listener) => on('conversation-changed', listener),
};
