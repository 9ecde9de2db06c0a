import type { TextSize, Theme } from '../../ipc/generated/contract';

/** Settings and the shortcut sheet. */
export const settings = {
  settings: {
    title: 'Settings',
    appearance: 'Appearance',
    writing: 'Writing',
    models: 'Models',
    data: 'Your data',
    theme: 'Colours',
    themes: { system: 'System', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string>,
    language: 'Language',
    languageOfSystem: (language: string) => `The system’s (${language})`,
    textSize: 'Size of messages',
    textSizes: { small: 'Small', normal: 'Normal', large: 'Large', larger: 'Larger' } satisfies Record<
      TextSize,
      string
    >,
    zoom: 'Zoom',
    zoomIn: 'Everything larger',
    zoomOut: 'Everything smaller',
    zoomReset: 'Reset',
    percent: (percent: number) => `${String(percent)}%`,
    sendWith: 'Send with',
    checkSpelling: 'Check spelling as you type',
    checkSpellingHint: 'In the languages that this computer has a dictionary for.',
    defaultModel: (provider: string) => `New conversations at ${provider} start with`,
    defaultModelNobody: 'Once you have signed in, you choose here what new conversations start with.',
    firstModel: 'The first model of its list',
    dataFolder: 'Data folder',
    dataLead:
      'Conversations, drafts and what they cost lie in this folder. Your sign-ins are in the keychain, not here.',
    dataOpen: 'Open the folder',
    dataMove: 'Keep it somewhere else',
    dataMoveHow:
      'Quit Tuppence, move the whole folder, and start it with its new place. The variable TUPPENCE_DATA_DIR does the same, for the window and for tup.',
    dataMoveExample: '/new/place',
    version: (version: string) => `Tuppence ${version}`,
    done: 'Done',
  },

  /** As they are printed on a keyboard. */
  keys: { enter: 'Enter', shift: 'Shift', control: 'Ctrl', escape: 'Esc' },

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
    zoom: 'Everything larger, smaller, as it was',
    sheet: 'This sheet',
  },
} as const;
