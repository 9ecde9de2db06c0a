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

  link: {
    title: 'Link',
    opens: 'Opens in your browser',
    local: 'This points to a computer on your own network.',
    open: 'Open',
    copy: 'Copy address',
  },
} as const;
