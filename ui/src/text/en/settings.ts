import type { Theme } from '../../ipc/generated/contract';

/** Settings and the shortcut sheet. */
export const settings = {
  settings: {
    title: 'Settings',
    theme: 'Colours',
    themes: { system: 'System', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string>,
    version: (version: string) => `Tuppence ${version}`,
    done: 'Done',
  },

  shortcuts: {
    title: 'Keyboard shortcuts',
    newConversation: 'New conversation',
    search: 'Search everything',
    model: 'Choose a model',
    send: 'Send',
    newLine: 'New line',
    stop: 'Stop the answer, close what is open',
    edit: 'Edit your last message (in an empty composer)',
    sidebar: 'Show or hide the sidebar',
    settings: 'Settings',
    sheet: 'This sheet',
  },
} as const;
