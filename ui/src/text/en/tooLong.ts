/** A conversation that is longer than the model takes. */
export const tooLong = {
  tooLong: {
    title: 'Too long for this model',
    lead: (model: string, tokens: string, window: string) =>
      `With your message this is about ${tokens} tokens; ${model} takes ${window}, its answer included.`,
    leadUnknown: (model: string, tokens: string) =>
      `With your message this is about ${tokens} tokens, more than ${model} takes.`,
    choose: 'What shall be sent?',
    recent: 'Leave out the oldest',
    recentAbout: (sent: number, all: number, tokens: string) =>
      `The last ${String(sent)} of ${String(all)} messages, about ${tokens} tokens.`,
    summary: 'Summarise the beginning',
    summaryAbout: (model: string, covers: number, rest: number) =>
      `${model} sums up the first ${String(covers)} messages, which is paid for like an answer. The summary and the last ${String(rest)} messages are sent.`,
    summaryCost: (range: string) => `${range} for the summary`,
    model: (model: string) => `Ask ${model}`,
    modelAbout: (tokens: string) => `It takes all of it, about ${tokens} tokens.`,
    otherModel: 'Choose another model',
    each: (range: string) => `${range} for the answer`,
    range: (low: string, high: string) => `${low} – ${high}`,
    unpriced: 'The price is not known',
    nothingFits: 'Your last words alone are more than it takes. Shorten them, or choose another model.',
    stays:
      'Nothing is deleted. The choice holds for this conversation until you change it in its instructions.',
    cancel: 'Cancel',
    send: 'Send',
    sendRecent: 'Leave out and send',
    sendSummary: 'Summarise and send',
    summarising: 'Summarising…',
    stop: 'Stop',
    stopped: 'The summary was stopped; what it said until then is paid for. Nothing was sent.',
    reading: 'Counting…',
    failed: 'This could not be counted.',
    notice: {
      recent: 'Only the latest messages that fit are sent.',
      summary: 'A summary is sent in place of the beginning.',
    },
    change: 'Change',
    rule: 'What is sent of this conversation',
    rules: {
      whole: 'Everything',
      recent: 'The latest messages that fit',
      summary: 'A summary, and what follows it',
    },
    ruleHint: 'What does not fit is asked about before it is sent.',
  },
} as const;
