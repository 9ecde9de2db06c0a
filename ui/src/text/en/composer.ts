/** Writing a message and choosing what answers it. */
export const composer = {
  composer: {
    placeholder: 'Write a message',
    label: 'Message',
    send: 'Send',
    stop: 'Stop',
    youPay: 'You pay',
    payer: 'Who pays',
    model: 'Model',
    modelSearch: 'Find a model',
    noModels: 'No model fits',
    noModelsShort: 'No models listed',
    noPrice: 'price not known',
    perMillion: 'Prices per million tokens',
    context: (size: string) => `${size} context`,
    modelsLoading: 'Loading models…',
    modelsFailed: 'The models could not be listed.',
    chooseModel: 'Choose a model',
  },
} as const;
