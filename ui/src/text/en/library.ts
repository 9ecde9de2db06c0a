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

  search: {
    title: 'Search everything',
    placeholder: 'Words you remember',
    hint: 'Messages that hold every word you type, latest first. Beginnings of words count.',
    nothing: 'No message holds all of these words.',
    failed: 'The search could not be done.',
    hits: (count: number) => (count === 1 ? '1 message' : `${String(count)} messages`),
  },

  conversation: {
    untitled: 'New conversation',
    rename: 'Rename',
    renameLabel: 'Title of this conversation',
    remove: 'Delete',
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
