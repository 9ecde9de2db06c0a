import type { AmountLabel, StorageNoticeKind } from '../../ipc/generated/contract';

/** Words that every screen shares. */
export const common = {
  app: 'Tuppence',

  storage: {
    readOnly: 'The data folder cannot be written. You can read everything, but nothing new is kept.',
    newerVersion:
      'Your conversations were written by a later version of Tuppence. They can be read, not changed.',
    damaged:
      'The data file was damaged, and there was no backup. It was put aside, and a fresh one is in use.',
    restored:
      'The data file was damaged. It was put aside, and the latest good backup is in use: what came after it is missing.',
  } satisfies Record<StorageNoticeKind, string>,

  errorCard: {
    details: 'Details',
    copy: 'Copy details',
    copied: 'Copied',
    wait: (time: string) => `Try again in ${time}`,
    dismiss: 'Dismiss',
    reference: 'Reference',
  },

  start: {
    failed: 'Tuppence could not start properly',
    retry: 'Try again',
  },

  labels: { reported: 'reported', computed: 'computed', estimate: 'estimate' } satisfies Record<
    AmountLabel,
    string
  >,

  labelHints: {
    reported: 'The provider said so.',
    computed: 'Worked out from tokens and prices.',
    estimate: 'Worked out from what is known so far.',
  } satisfies Record<AmountLabel, string>,

  play: 'play',

  playHint: 'Play money: it pays for nothing real and counts in no dollar total.',

  close: 'Close',

  copy: 'Copy',

  copied: 'Copied',
} as const;
