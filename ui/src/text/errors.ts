import type { ErrorCode } from '../ipc/generated/contract';

/** What a person can do about an error. A card offers those that make sense where it stands. */
export type ErrorAction =
  | 'retry'
  | 'sign-in'
  | 'set-up'
  | 'session-only'
  | 'play-money'
  | 'top-up'
  | 'choose-model'
  | 'switch-account'
  | 'continue'
  | 'new-conversation';

/** What the sentences may name. */
export interface ErrorSubject {
  /** The provider's name to show. */
  provider: string;
  /** The model's id, where one was asked. */
  model: string | null;
}

export interface ErrorText {
  title: (subject: ErrorSubject) => string;
  /** What happened, what is safe, what to do next. */
  body: (subject: ErrorSubject) => string;
  /** Most useful first. */
  actions: readonly ErrorAction[];
}

/** The words on the buttons. */
export const actionLabels: Record<ErrorAction, string> = {
  retry: 'Try again',
  'sign-in': 'Sign in again',
  'set-up': 'Open set-up',
  'session-only': 'Stay signed in until I quit',
  'play-money': 'Use play money',
  'top-up': 'Add credits',
  'choose-model': 'Choose another model',
  'switch-account': 'Pay from another account',
  continue: 'Continue the answer',
  'new-conversation': 'New conversation',
};

const theModel = (model: string | null): string => model ?? 'This model';

/** Every fault a person can do something about. The compiler keeps the list complete. */
export const errorTexts = {
  accessDenied: {
    title: ({ provider }) => `You said no at ${provider}`,
    body: () => 'Nothing was shared and nobody is signed in. You can change your mind at any time.',
    actions: ['retry', 'play-money'],
  },
  signInTimedOut: {
    title: () => 'Nobody came back from the browser',
    body: ({ provider }) =>
      `The sign-in page at ${provider} was open for too long, so this attempt was closed. Start a new one when you are ready.`,
    actions: ['retry', 'play-money'],
  },
  browserUnavailable: {
    title: () => 'Your browser did not open',
    body: () =>
      'No program on this computer took the link. Set a default browser in the system settings, or start again and copy the link.',
    actions: ['retry', 'play-money'],
  },
  redirectPortUnavailable: {
    title: () => 'Another program is in the way',
    body: ({ provider }) =>
      `${provider} sends you back to one of five fixed ports on this computer, and all of them are taken. Quit the other program or restart the computer, then try again.`,
    actions: ['retry', 'play-money'],
  },
  launchAddressReused: {
    title: () => 'This sign-in was stopped to be safe',
    body: () =>
      'The address that starts it was opened twice, and only one of the two was this window. Somebody else on this computer may have been first. Nothing was signed in.',
    actions: ['retry'],
  },
  redirectInvalid: {
    title: () => 'That address does not belong to this sign-in',
    body: () =>
      'Copy the whole address from the browser after you have allowed access. It begins with http://127.0.0.1 and is good for one attempt only.',
    actions: ['retry'],
  },
  providerUntrusted: {
    title: ({ provider }) => `${provider} could not prove who it is`,
    body: () =>
      'What it answered was not signed, issued or addressed as it must be, so it was thrown away. Check the network you are on and this computer’s clock before you try again.',
    actions: ['retry', 'set-up'],
  },
  registrationRejected: {
    title: ({ provider }) => `${provider} does not accept this app’s registration`,
    body: () =>
      'The client ID, the secret or a redirect address differs from what is registered there. Compare them in the set-up.',
    actions: ['set-up', 'retry'],
  },
  setupIncomplete: {
    title: ({ provider }) => `${provider} needs setting up first`,
    body: () => 'It asks for an app registration of your own. The set-up shows what to copy where.',
    actions: ['set-up', 'play-money'],
  },
  networkOffline: {
    title: () => 'You seem to be offline',
    body: ({ provider }) =>
      `${provider} could not be reached. Your words are kept; try again when the network is back.`,
    actions: ['retry'],
  },
  providerUnavailable: {
    title: ({ provider }) => `${provider} is not answering properly`,
    body: () => 'The fault is on their side and usually passes. Your words are kept.',
    actions: ['retry', 'choose-model', 'switch-account'],
  },
  reauthRequired: {
    title: ({ provider }) => `${provider} wants you to sign in again`,
    body: () => 'Your session there has ended. Conversations and drafts stay where they are.',
    actions: ['sign-in', 'switch-account'],
  },
  keychainLocked: {
    title: () => 'Your keychain is locked',
    body: () =>
      'The sign-in rests there. Unlock it and try again, or stay signed in only until you quit: then nothing is stored on this computer.',
    actions: ['retry', 'session-only'],
  },
  keychainUnavailable: {
    title: () => 'This computer has no keychain to use',
    body: () =>
      'Tuppence never writes a sign-in to a plain file. Start a keychain service, or stay signed in only until you quit: then nothing is stored on this computer.',
    actions: ['session-only', 'retry'],
  },
  insufficientScope: {
    title: () => 'A permission is missing',
    body: ({ provider }) =>
      `What you allowed at ${provider} does not cover this. Sign in again and leave all boxes ticked to add it.`,
    actions: ['sign-in', 'switch-account'],
  },
  insufficientBalance: {
    title: ({ provider }) => `Nothing left in your ${provider} wallet`,
    body: () => 'Add credits, then send it again with one click. Nothing to retype.',
    actions: ['top-up', 'retry', 'choose-model', 'switch-account'],
  },
  reservationTooLarge: {
    title: () => 'Your wallet does not cover the worst case',
    body: ({ provider }) =>
      `${provider} sets aside the most this answer could cost before it begins, and that is more than you have. A cheaper model or some credits will do.`,
    actions: ['choose-model', 'top-up', 'retry', 'switch-account'],
  },
  allowanceUsedUp: {
    title: () => 'A limit of yours is reached',
    body: ({ provider }) =>
      `Either your plan at ${provider} is used up for now, and fills up again by itself, or the cap of this app’s key there is reached, and you can raise it.`,
    actions: ['retry', 'top-up', 'choose-model', 'switch-account'],
  },
  modelNotIncluded: {
    title: ({ model }) => `${theModel(model)} is not part of your plan`,
    body: ({ provider }) =>
      `${provider} asks for another plan, or for money in your wallet, before this model answers.`,
    actions: ['choose-model', 'top-up', 'switch-account'],
  },
  modelUnavailable: {
    title: ({ model }) => `${theModel(model)} is not available`,
    body: ({ provider }) => `${provider} does not offer it any more, or not at the moment.`,
    actions: ['choose-model', 'retry', 'switch-account'],
  },
  rateLimited: {
    title: () => 'Too many requests at once',
    body: ({ provider }) => `${provider} asks for a short break. Your words are kept.`,
    actions: ['retry', 'choose-model', 'switch-account'],
  },
  atCapacity: {
    title: ({ model }) => `${theModel(model)} is busy`,
    body: ({ provider }) =>
      `All its machines at ${provider} are taken. It often works a little later, or on another model.`,
    actions: ['retry', 'choose-model', 'switch-account'],
  },
  requestRejected: {
    title: ({ provider }) => `${provider} did not take this message`,
    body: () =>
      'It may be too long for the model or hold something it does not accept. Shorten the conversation or choose another model.',
    actions: ['choose-model', 'retry', 'new-conversation'],
  },
  answerInProgress: {
    title: () => 'An answer still arrives in this conversation',
    body: () =>
      'Perhaps in a terminal beside this window. Once it has ended you can go on; your words stay here.',
    actions: ['retry', 'new-conversation'],
  },
  streamInterrupted: {
    title: () => 'The answer was interrupted',
    body: () => 'The connection ended in the middle. What had arrived is kept, and may have been charged.',
    actions: ['continue', 'retry', 'choose-model'],
  },
  storageUnavailable: {
    title: () => 'Nothing can be saved right now',
    body: () =>
      'The disk is full, or the data folder cannot be written. What was there before is safe, and what you typed stays here.',
    actions: ['retry'],
  },
  notFound: {
    title: () => 'It is not there any more',
    body: () => 'It may have been deleted from another window.',
    actions: ['new-conversation', 'retry'],
  },
  internal: {
    title: () => 'Something went wrong inside Tuppence',
    body: () => 'That is our fault, not yours. Your words are kept. The details below help us to find it.',
    actions: ['retry', 'new-conversation'],
  },
} satisfies Record<ErrorCode, ErrorText>;
