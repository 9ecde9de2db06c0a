/** The list of conversations, the search, one conversation's frame. */
export const library = {
  sidebar: {
    search: 'Search everything',
    newConversation: 'New conversation',
    toggle: 'Show or hide the sidebar',
    conversations: 'Conversations',
    empty: 'What you ask will be listed here, with what it cost.',
    streaming: 'Answering',
    loadFailed: 'The list could not be read.',
  },

  shelf: {
    pinned: 'Pinned',
    open: 'Archive and bin',
    archive: 'Archive',
    bin: 'Bin',
    archiveEmpty: 'What you archive leaves the list and is still found by the search.',
    binEmpty: 'The bin is empty.',
    failed: 'This could not be read.',
    messages: 'Single messages',
    noWords: 'Without words',
    messageOf: (title: string, count: number) =>
      count === 1 ? `In “${title}”` : `${String(count)} messages in “${title}”`,
    unarchive: 'Back to the list',
    restore: 'Restore',
    empty: 'Empty the bin',
    emptyHint:
      'Deletes these conversations, and single messages you deleted, for good. What they cost stays on record.',
    emptySure: 'Delete for good',
    cancel: 'Cancel',
    emptied: (conversations: number, messages: number) =>
      `Gone for good: ${conversations === 1 ? '1 conversation' : `${String(conversations)} conversations`}, ${
        messages === 1 ? '1 message' : `${String(messages)} messages`
      }.`,
    copies: (count: number) =>
      count === 1
        ? 'One backup may still hold their words.'
        : `${String(count)} backups may still hold their words.`,
    purge: 'Remove all backups too',
    purged: 'The backups are gone too.',
  },

  folder: {
    title: 'Move to a folder',
    label: 'Folder',
    hint: 'A new name makes a new folder. Leave it empty to take the conversation out.',
    move: 'Move',
  },

  search: {
    title: 'Search everything',
    placeholder: 'Words you remember',
    hint: 'Messages that hold every word you type, latest first. Beginnings of words count.',
    nothing: 'No message holds all of these words.',
    failed: 'The search could not be done.',
    account: 'Account',
    anyAccount: 'Any account',
    model: 'Model',
    anyModel: 'Any model',
    date: 'When',
    anyDate: 'Any time',
    days: (days: number) => `Last ${String(days)} days`,
    order: 'Order',
    newest: 'Newest first',
    best: 'Best of recent first',
    hits: (count: number) => (count === 1 ? '1 message' : `${String(count)} messages`),
  },

  conversation: {
    untitled: 'New conversation',
    rename: 'Rename',
    renameLabel: 'Title of this conversation',
    remove: 'Delete',
    pin: 'Pin to the top',
    unpin: 'Unpin',
    folder: 'Move to a folder…',
    archive: 'Archive',
    archived: (title: string) => `“${title}” archived`,
    menu: 'Conversation menu',
    cost: 'This conversation',
    deleted: (title: string) => `“${title}” deleted`,
    undo: 'Undo',
    transcript: 'Conversation',
    you: 'You',
    answer: 'Answer',
    latest: 'Jump to latest',
    emptyTitle: 'What would you like to know?',
    emptyLead: 'The price of each answer stands below it, to the fraction of a cent.',
    emptyLeadPlay: 'You pay with play money here, so ask away: it is metered like the real thing.',
    opening: 'Opening…',
  },
} as const;
