/** Answers and what stands in them. */
export const transcript = {
  answer: {
    thinking: 'Thinking',
    thought: 'Thoughts',
    waiting: 'Waiting for the first word',
    soFar: 'so far',
    tokens: (count: string) => `${count} tokens`,
    rate: (rate: number) => `${rate}/s`,
    copy: 'Copy answer',
    copied: 'Copied',
    retry: 'Answer again',
    stopped: 'You stopped this answer. What had arrived is kept.',
    truncated: 'The model reached its length limit.',
    cutOffUnsure:
      'The app closed before anything came. It may or may not have been sent, so it was not sent again.',
    cutOff: 'This answer was cut off when the app closed.',
    continue: 'Continue',
    continueWords: 'Please continue where you stopped.',
    tryAgain: 'Try again',
    finished: 'Answer finished',
    stoppedSpoken: 'Answer stopped',
    failedSpoken: 'The answer failed',
    restarted: 'The provider began this answer anew.',
    noCost: 'cost not known',
  },

  spoken: {
    log: 'Answers as they arrive',
    answering: (model: string) => `${model} is answering`,
    withCost: (ended: string, cost: string) => `${ended}, cost ${cost}`,
    elsewhere: (title: string, what: string) => `${title}: ${what}`,
    code: (language: string, lines: number) =>
      `Code${language === '' ? '' : `, ${language}`}, ${lines === 1 ? 'one line' : `${String(lines)} lines`}`,
    table: (rows: number) => `Table, ${rows === 1 ? 'one row' : `${String(rows)} rows`}`,
  },

  message: {
    tools: 'What can be done with this message',
    copy: 'Copy message',
    edit: 'Edit and send again',
    remove: 'Delete this and what follows',
    deleted: 'Message deleted with what followed it',
    other: 'Ask another model',
    editLabel: 'Your message, other words',
    editSend: 'Send instead',
    editHint: 'What you said before stays beside it.',
    cancel: 'Cancel',
    version: (at: number, of: number) => `${String(at)}/${String(of)}`,
    versions: (at: number, of: number) => `Version ${String(at)} of ${String(of)}`,
    previous: 'Version before',
    next: 'Version after',
  },

  find: {
    title: 'Find in this conversation',
    placeholder: 'Find',
    found: (at: number, of: number) => `${String(at)} of ${String(of)} messages`,
    nothing: 'Not found',
    previous: 'Message before',
    next: 'Message after',
  },

  code: {
    copy: 'Copy',
    wrap: 'Wrap lines',
    taskDone: 'Done',
    taskOpen: 'To do',
  },

  diagram: {
    draw: 'Draw diagram',
    show: 'Show diagram',
    source: 'Show source',
    coming: 'Drawing…',
    alt: 'Diagram; its source is behind “Show source”',
    refused: (reason: string) => `This diagram cannot be drawn: ${reason}`,
  },

  remoteImage: {
    show: 'Show image',
    coming: 'Fetching…',
    refused: {
      address: 'Not fetched: the address leads to this computer, its network, or is not https.',
      unreachable: 'Its host could not be reached.',
      notGiven: 'Its host did not give it.',
      tooLarge: 'It is too large to be shown.',
      noImage: 'What came is no image that can be shown.',
    },
  },

  context: {
    menu: 'What can be done here',
    copySelection: 'Copy',
    openLink: 'Open in the browser',
    copyAddress: 'Copy address',
    copyCode: 'Copy code',
    copyMessage: 'Copy message',
  },

  link: {
    title: 'Link',
    opens: 'Opens in your browser',
    local: 'This points to a computer on your own network.',
    open: 'Open',
    copy: 'Copy address',
  },
} as const;
