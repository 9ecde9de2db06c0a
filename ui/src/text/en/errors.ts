import type { ErrorCode } from '../../ipc/generated/contract';
import type { ErrorAction, ErrorSentences } from '../errors';

const theModel = (model: string | null): string => model ?? 'This model';

const faults: Record<ErrorCode, ErrorSentences> = {
  accessDenied: {
    title: ({ provider }) => `You said no at ${provider}`,
    body: () => 'Nothing was shared and nobody is signed in. You can change your mind at any time.',
  },
  signInTimedOut: {
    title: () => 'Nobody came back from the browser',
    body: ({ provider }) =>
      `The sign-in page at ${provider} was open for too long, so this attempt was closed. Start a new one when you are ready.`,
  },
  browserUnavailable: {
    title: () => 'Your browser did not open',
    body: () =>
      'No program on this computer took the link. Set a default browser in the system settings, or start again and copy the link.',
  },
  redirectPortUnavailable: {
    title: () => 'Another program is in the way',
    body: ({ provider }) =>
      `${provider} sends you back to one of five fixed ports on this computer, and all of them are taken. Quit the other program or restart the computer, then try again.`,
  },
  launchAddressReused: {
    title: () => 'This sign-in was stopped to be safe',
    body: () =>
      'The address that starts it was opened twice, and only one of the two was this window. Somebody else on this computer may have been first. Nothing was signed in.',
  },
  redirectInvalid: {
    title: () => 'That address does not belong to this sign-in',
    body: () =>
      'Copy the whole address from the browser after you have allowed access. It begins with http://127.0.0.1 and is good for one attempt only.',
  },
  otherAccount: {
    title: () => 'Somebody else came back',
    body: ({ provider }) =>
      `The browser is signed in at ${provider} as another person than this account. Nothing was changed. Sign out there first, or sign in again as the same person.`,
  },
  deviceSignInUnsupported: {
    title: ({ provider }) => `${provider} has no sign-in on another device`,
    body: () =>
      'Sign in with the browser instead. On another computer, copy the link and paste the address back.',
  },
  deviceCodeExpired: {
    title: () => 'The code has expired',
    body: ({ provider }) =>
      `Nobody typed it at ${provider} in time, and nobody is signed in. Try again for a new one.`,
  },
  clockSkewed: {
    title: () => "This computer's clock is wrong",
    body: ({ provider }) =>
      `It is more than five minutes from the time at ${provider}, so the sign-in cannot be checked. Set the clock, then try again.`,
  },
  providerUntrusted: {
    title: ({ provider }) => `${provider} could not prove who it is`,
    body: () =>
      'What it answered was not signed, issued or addressed as it must be, so it was thrown away. Check the network you are on and this computer’s clock before you try again.',
  },
  registrationRejected: {
    title: ({ provider }) => `${provider} does not accept this app’s registration`,
    body: () =>
      'The client ID, the secret or a redirect address differs from what is registered there. Compare them in the set-up.',
  },
  setupIncomplete: {
    title: ({ provider }) => `${provider} needs setting up first`,
    body: () => 'It asks for an app registration of your own. The set-up shows what to copy where.',
  },
  networkOffline: {
    title: () => 'You seem to be offline',
    body: ({ provider }) =>
      `${provider} could not be reached. Your words are kept; try again when the network is back.`,
  },
  providerUnavailable: {
    title: ({ provider }) => `${provider} is not answering properly`,
    body: () => 'The fault is on their side and usually passes. Your words are kept.',
  },
  reauthRequired: {
    title: ({ provider }) => `${provider} wants you to sign in again`,
    body: () => 'Your session there has ended. Conversations and drafts stay where they are.',
  },
  keychainLocked: {
    title: () => 'Your keychain is locked',
    body: () =>
      'The sign-in rests there. Unlock it and try again, or stay signed in only until you quit: then nothing is stored on this computer.',
  },
  keychainUnavailable: {
    title: () => 'This computer has no keychain to use',
    body: () =>
      'Tuppence never writes a sign-in to a plain file. Start a keychain service, or stay signed in only until you quit: then nothing is stored on this computer.',
  },
  insufficientScope: {
    title: () => 'A permission is missing',
    body: ({ provider }) =>
      `What you allowed at ${provider} does not cover this. Allow it there, and the same message goes on. Without it, everything else works as before.`,
  },
  insufficientBalance: {
    title: ({ provider }) => `Nothing left in your ${provider} wallet`,
    body: () =>
      'Add credits, and the same message goes on by itself as soon as they are there. Nothing to retype.',
  },
  reservationTooLarge: {
    title: () => 'Your wallet does not cover the worst case',
    body: ({ provider }) =>
      `${provider} sets aside the most this answer could cost before it begins, and that is more than you have. Some credits, a shorter answer or a cheaper model will do.`,
  },
  allowanceUsedUp: {
    title: ({ provider }) => `Your plan at ${provider} is used up for now`,
    body: () =>
      'It fills up again by itself. Until then another model may be included, or another account can pay.',
  },
  keyCapReached: {
    title: () => 'This app has spent what you let it',
    body: ({ provider }) =>
      `You set a cap for this app’s key at ${provider}, and it is reached. Your wallet there may hold more.`,
  },
  notYourWallet: {
    title: ({ model }) => `${theModel(model)} is not paid for`,
    body: () => 'Whoever runs it has run out of money, not you: nothing you add would help. Choose another.',
  },
  limitReached: {
    title: () => 'A limit that you set is reached',
    body: () =>
      'Nothing was sent and nothing was charged. Your words are kept: ask a cheaper model, wait until the limit begins anew, or change it.',
  },
  priceUnknown: {
    title: ({ model }) => `${theModel(model)} has no price that your limits could hold`,
    body: () =>
      'Nothing was sent. Choose a model whose price is known, or allow such models where your limits are.',
  },
  confirmationNeeded: {
    title: () => 'This raises a limit of yours',
    body: () => 'A limit is raised only when you confirm it in the settings. Nothing was changed.',
  },
  modelNotIncluded: {
    title: ({ model }) => `${theModel(model)} is not part of your plan`,
    body: ({ provider }) =>
      `${provider} asks for another plan, or for money in your wallet, before this model answers.`,
  },
  modelUnavailable: {
    title: ({ model }) => `${theModel(model)} is not available`,
    body: ({ provider }) => `${provider} does not offer it any more, or not at the moment.`,
  },
  rateLimited: {
    title: () => 'Too many requests at once',
    body: ({ provider }) => `${provider} asks for a short break. Your words are kept.`,
  },
  atCapacity: {
    title: ({ model }) => `${theModel(model)} is busy`,
    body: ({ provider }) =>
      `All its machines at ${provider} are taken. It often works a little later, or on another model.`,
  },
  requestRejected: {
    title: ({ provider }) => `${provider} did not take this message`,
    body: () => 'Something in it is not accepted there. Another model may take it; nothing was charged.',
  },
  conversationTooLong: {
    title: ({ model }) => `The conversation is too long for ${model ?? 'this model'}`,
    body: () =>
      'You choose what is sent of it, or go on with a model that reads more. Everything stays here.',
  },
  contentRefused: {
    title: ({ provider }) => `${provider} does not answer this`,
    body: () =>
      'Its rules forbid something that was written here, or that the answer would hold. Other words or another model may do.',
  },
  answerInProgress: {
    title: () => 'An answer still arrives in this conversation',
    body: () =>
      'Perhaps in a terminal beside this window. Once it has ended you can go on; your words stay here.',
  },
  streamInterrupted: {
    title: () => 'The answer was interrupted',
    body: () => 'The connection ended in the middle. What had arrived is kept, and may have been charged.',
  },
  importUnreadable: {
    title: () => 'This file cannot be imported',
    body: () =>
      'Conversations come from Tuppence’s own JSON and ZIP files, and from the data exports of ChatGPT and Claude. It may be another file, a damaged one, or too large.',
  },
  exportUnwritable: {
    title: () => 'The file could not be written',
    body: () => 'Nothing half-written was left behind. Choose another place, or make room and try again.',
  },
  attachmentTooLarge: {
    title: () => 'The file is too large to send',
    body: () =>
      'Images and PDF files may have up to 20 MB, text files up to 1 MB. Attach a part of it instead.',
  },
  attachmentUnsupported: {
    title: () => 'Files of this kind cannot be sent',
    body: () => 'Images (PNG, JPEG, WebP, GIF), PDF files, and text or code can be.',
  },
  attachmentUnreadable: {
    title: () => 'The file cannot be read',
    body: () =>
      'It is damaged, protected by a password, or has no words in it: a scanned PDF, for example. Attach it as an image instead.',
  },
  modelTakesNoImages: {
    title: () => 'This model takes no images',
    body: () => 'Choose one that does; the picker shows which. What you wrote and attached stays here.',
  },
  storageUnavailable: {
    title: () => 'Nothing can be saved right now',
    body: () =>
      'The disk is full, or the data folder cannot be written. What was there before is safe, and what you typed stays here.',
  },
  notFound: {
    title: () => 'It is not there any more',
    body: () => 'It may have been deleted from another window.',
  },
  internal: {
    title: () => 'Something went wrong inside Tuppence',
    body: () => 'That is our fault, not yours. Your words are kept. The details below help us to find it.',
  },
};

/** What is said about each fault, and on the buttons below it. */
export const errors = {
  actions: {
    retry: 'Try again',
    'allow-access': 'Allow access',
    'sign-in': 'Sign in again',
    'set-up': 'Open set-up',
    'session-only': 'Stay signed in until I quit',
    'play-money': 'Use play money',
    'top-up': 'Add credits',
    'shorter-answer': 'Ask for a shorter answer',
    'choose-model': 'Choose another model',
    'switch-account': 'Pay from another account',
    'manage-key': 'Raise the cap',
    continue: 'Continue the answer',
    limits: 'Change the limit',
    'choose-context': 'Choose what is sent',
    'new-conversation': 'New conversation',
  } satisfies Record<ErrorAction, string>,

  errors: faults,
} as const;
