import OpenAI from 'openai';
import { measure } from './measure.mjs';

await measure((baseURL) => {
  const client = new OpenAI({ baseURL, apiKey: 'a-token' });
  return async (model, onText) => {
    const messages = [{ role: 'user', content: 'Why?' }];
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    for await (const chunk of stream) {
      const text = chunk.choices[0]?.delta?.content;
      if (text) onText(text);
    }
  };
});
