import type { AttachmentView, ImportedView } from '../../ipc/generated/contract';

/** Files that go along, what a conversation tells the model, and conversations out and in. */
export const compose = {
  attachments: {
    label: 'Attached files',
    add: 'Attach files',
    limits: 'Images and PDF up to 20 MB, text and code up to 1 MB',
    adding: (name: string) => `Preparing ${name}…`,
    remove: (name: string) => `Remove ${name}`,
    about: ({ kind, size, pages }: AttachmentView) => {
      const kilobytes = `${String(Math.max(1, Math.round(size / 1024)))} KB`;
      if (kind === 'image') return `Image · ${kilobytes}`;
      if (kind === 'pdf')
        return `PDF · ${String(pages ?? 0)} ${pages === 1 ? 'page' : 'pages'} · ${kilobytes} of text`;
      return `Text · ${kilobytes}`;
    },
    drop: 'Drop files to attach them',
    dropHint: 'Files of conversations are imported.',
  },

  instructions: {
    menu: 'Instructions…',
    title: 'Instructions for this conversation',
    label: 'What the model should know or keep to',
    hint: 'Sent before every message from now on, and paid for with it. {{date}} becomes the day.',
    temperature: 'Temperature',
    temperatureHint: '0 to 2',
    topP: 'Top P',
    topPHint: '0 to 1',
    maxTokens: 'Longest answer',
    maxTokensHint: 'in tokens',
    byProvider: 'provider’s',
    cancel: 'Cancel',
    keep: 'Keep',
    kept: 'Kept. It holds from the next message on.',
  },

  exchange: {
    menu: 'Export…',
    title: 'Export this conversation',
    section: 'Import and export',
    import: 'Import conversations',
    importing: 'Importing…',
    importLead:
      'Takes in Tuppence’s own JSON and ZIP files, and the data exports of ChatGPT and Claude: the ZIP file or its conversations.json. You can also drop such a file onto the window.',
    exportLead: 'All conversations, in one file:',
    save: 'Save',
    saveAs: (name: string) => `Save as ${name}`,
    formats: {
      markdown: { name: 'Markdown', about: 'What was said, as text.' },
      html: { name: 'Web page', about: 'To read in any browser; one file, nothing is fetched.' },
      json: { name: 'JSON', about: 'Everything, with all versions, costs and files. Can be imported again.' },
    },
    archive: 'As one ZIP file, with the attached files',
    archiveHint: 'A page for each conversation, and everything again in a form that can be imported.',
    deleted: 'Also what was deleted',
    deletedHint:
      'Messages and conversations that have not gone with the bin yet. JSON and ZIP files hold them, marked; imported, they are deleted again.',
    exported: (count: number, path: string) =>
      count === 1 ? `Saved in ${path}` : `${String(count)} conversations saved in ${path}`,
    imported: ({ added, alreadyHere, leftOut }: ImportedView) => {
      const parts = [`${String(added)} ${added === 1 ? 'conversation' : 'conversations'} imported`];
      if (alreadyHere > 0) parts.push(`${String(alreadyHere)} already here`);
      if (leftOut > 0) parts.push(`${String(leftOut)} empty or unreadable`);
      return parts.join(', ');
    },
  },
} as const;
