import type { ErrorCode } from '../ipc/generated/contract';
import { t } from './locale.svelte';

/** What a person can do about an error. A card offers those that make sense where it stands. */
export type ErrorAction =
  | 'retry'
  | 'sign-in'
  | 'allow-access'
  | 'set-up'
  | 'session-only'
  | 'play-money'
  | 'top-up'
  | 'shorter-answer'
  | 'choose-model'
  | 'switch-account'
  | 'manage-key'
  | 'continue'
  | 'limits'
  | 'choose-context'
  | 'new-conversation';

/** What the sentences may name. */
export interface ErrorSubject {
  /** The provider's name to show. */
  provider: string;
  /** The model's id, where one was asked. */
  model: string | null;
}

/** What a language says about a fault. */
export interface ErrorSentences {
  title: (subject: ErrorSubject) => string;
  /** What happened, what is safe, what to do next. */
  body: (subject: ErrorSubject) => string;
}

export interface ErrorText extends ErrorSentences {
  /** Most useful first. */
  actions: readonly ErrorAction[];
}

/**
 * The ways out of every fault a person can do something about, most useful first. The compiler keeps
 * the list complete; the words are in each language's `errors.ts`.
 */
export const errorActions: Record<ErrorCode, readonly ErrorAction[]> = {
  accessDenied: ['retry', 'play-money'],
  signInTimedOut: ['retry', 'play-money'],
  browserUnavailable: ['retry', 'play-money'],
  redirectPortUnavailable: ['retry', 'play-money'],
  launchAddressReused: ['retry'],
  redirectInvalid: ['retry'],
  otherAccount: ['retry', 'switch-account'],
  deviceSignInUnsupported: ['retry', 'play-money'],
  deviceCodeExpired: ['retry', 'play-money'],
  clockSkewed: ['retry'],
  providerUntrusted: ['retry', 'set-up'],
  registrationRejected: ['set-up', 'retry'],
  setupIncomplete: ['set-up', 'play-money'],
  networkOffline: ['retry'],
  providerUnavailable: ['retry', 'choose-model', 'switch-account'],
  reauthRequired: ['sign-in', 'switch-account'],
  keychainLocked: ['retry', 'session-only'],
  keychainUnavailable: ['session-only', 'retry'],
  insufficientScope: ['allow-access', 'sign-in', 'switch-account'],
  insufficientBalance: ['top-up', 'retry', 'choose-model', 'switch-account'],
  reservationTooLarge: ['top-up', 'shorter-answer', 'choose-model', 'retry', 'switch-account'],
  allowanceUsedUp: ['retry', 'choose-model', 'switch-account', 'top-up'],
  keyCapReached: ['manage-key', 'retry', 'switch-account'],
  notYourWallet: ['choose-model', 'retry', 'switch-account'],
  limitReached: ['limits', 'choose-model', 'retry', 'switch-account'],
  priceUnknown: ['choose-model', 'limits', 'switch-account'],
  confirmationNeeded: ['limits'],
  modelNotIncluded: ['choose-model', 'top-up', 'switch-account'],
  modelUnavailable: ['choose-model', 'retry', 'switch-account'],
  rateLimited: ['retry', 'choose-model', 'switch-account'],
  atCapacity: ['retry', 'choose-model', 'switch-account'],
  requestRejected: ['choose-model', 'retry', 'new-conversation'],
  conversationTooLong: ['choose-context', 'choose-model', 'new-conversation'],
  contentRefused: ['choose-model', 'switch-account'],
  answerInProgress: ['retry', 'new-conversation'],
  streamInterrupted: ['continue', 'retry', 'choose-model'],
  importUnreadable: ['retry'],
  exportUnwritable: ['retry'],
  attachmentTooLarge: ['retry'],
  attachmentUnsupported: ['retry'],
  attachmentUnreadable: ['retry'],
  modelTakesNoImages: ['choose-model', 'switch-account'],
  storageUnavailable: ['retry'],
  notFound: ['new-conversation', 'retry'],
  internal: ['retry', 'new-conversation'],
};

/** What to say and offer about this fault, in the language in use. */
export function errorText(code: ErrorCode): ErrorText {
  return { ...t.errors[code], actions: errorActions[code] };
}
