import { describe, expect, it } from 'vitest';
import { isConversationFile } from './conversationFile';

function file(name: string, text: string): File {
  return new File([text], name);
}

describe('a file that is dropped', () => {
  it.each([
    ['all.json', '{\n  "format": "tuppence-conversations",\n  "version": 1'],
    ['export.json', '[{"title":"x","create_time":1,"mapping":{}}]'],
    ['claude.json', '[{"uuid":"1","name":"","chat_messages":[]}]'],
    ['conversations.json', '[{"a":1}]'],
    ['Tuppence conversations.ZIP', 'PK'],
  ])('holds conversations: %s', async (name, text) => {
    expect(await isConversationFile(file(name, text))).toBe(true);
  });

  it.each([
    ['package.json', '{"name":"ui"}'],
    ['notes.txt', '{"format": "tuppence-conversations"}'],
    ['list.json', '[1,2,3]'],
  ])('is attached: %s', async (name, text) => {
    expect(await isConversationFile(file(name, text))).toBe(false);
  });
});
