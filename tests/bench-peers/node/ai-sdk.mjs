import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText } from 'ai';
import { measure } from './measure.mjs';

await measure((baseURL) => {
  const provider = createOpenAICompatible({ name: 'bench', baseURL, apiKey: 'a-token' });
  return async (model, onText) => {
    const { textStream } = streamText({ model: provider(model), prompt: 'Why?' });
    for await (const text of textStream) onText(text);
  };
});
