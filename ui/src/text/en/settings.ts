import type { TextSize, Theme } from '../../ipc/generated/contract';

/** Settings and the shortcut sheet. */
export const settings = {
  settings: {
    title: 'Settings',
    appearance: 'Appearance',
    writing: 'Writing',
    models: 'Models',
    beginnings: 'New conversations',
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
    titlesByModel: 'Let the model name new conversations',
    titlesByModelHint:
      'The model that answered first is asked for a name, at about the price of a very short answer. Usage shows it by purpose. Otherwise the first words are the name, for nothing.',
    dataFolder: 'Data folder',
    dataLead:
      'Conversations, drafts and what they cost lie in this folder. Your sign-ins are in the keychain, not here.',
    dataOpen: 'Open the folder',
    dataMove: 'Keep it somewhere else',
    dataMoveHow:
      'Quit Tuppence, move the whole folder, and start it with its new place. The variable TUPPENCE_DATA_DIR does the same, for the window and for tup.',
    dataMoveExample: '/new/place',
    backups: 'Backups',
    backupsLead:
      'One a day and one before each update, each checked after it was written. The newest five stay.',
    backupsNone: 'There is no backup yet.',
    backupNow: 'Back up now',
    backupMade: 'Backup made',
    backupRestore: 'Go back to this…',
    backupRestoreSure: 'Restart and go back',
    backupRestoreHint:
      'Tuppence starts again with this backup. What is there now becomes a backup of its own.',
    backupPurge: 'Remove all',
    backupsGone: 'The backups are gone.',
    megabytes: (size: string) => `${size} MB`,
    version: (version: string) => `Tuppence ${version}`,
    done: 'Done',
  },

  /** As they are printed on a keyboard. */
  keys: { enter: 'Enter', shift: 'Shift', control: 'Ctrl', escape: 'Esc' },

  palette: {
    title: 'Commands',
    placeholder: 'What would you like to do?',
    nothing: 'No command is called that.',
    copyAnswer: 'Copy the last answer',
    answerAgain: 'Answer again',
    stop: 'Stop the answer',
    editLast: 'Edit your last message',
    exportAll: 'Export all conversations',
    zoomReset: 'Everything as it was',
    light: 'Light colours',
    dark: 'Dark colours',
    system: 'The system’s colours',
  },

  shortcuts: {
    title: 'Keyboard shortcuts',
    newConversation: 'New conversation',
    search: 'Search everything',
    model: 'Choose a model',
    payer: 'Let the first, second, … account pay',
    send: 'Send',
    newLine: 'New line',
    stop: 'Stop the answer, close what is open',
    edit: 'Edit your last message (in an empty composer)',
    sidebar: 'Show or hide the sidebar',
    settings: 'Settings',
    zoom: 'Everything larger, smaller, as it was',
    sheet: 'This sheet',
    palette: 'Every command',
    find: 'Find in this conversation',
    messages: 'From message to message',
    versions: 'Between versions of a message',
  },
} as const;
