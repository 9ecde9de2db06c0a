import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../ipc/generated/contract';
import { errorActions, errorText } from './errors';
import { toIpcError } from './ipcError';
import { t } from './locale.svelte';

const all = Object.keys(errorActions) as ErrorCode[];
const subject = { provider: 'Quota', model: 'claude-sonnet' };

describe.each(all)('%s', (code) => {
  const text = errorText(code);

  it('says what happened in plain words, without its own code', () => {
    const title = text.title(subject);
    const body = text.body(subject);
    expect(title.length).toBeGreaterThan(8);
    expect(title.length).toBeLessThan(70);
    expect(body.endsWith('.')).toBe(true);
    expect(`${title} ${body}`).not.toContain(code);
    expect(`${title} ${body}`).not.toMatch(/undefined|null|\b[45]\d\d\b/);
  });

  it('can be written without a model', () => {
    expect(text.title({ provider: 'Quota', model: null })).not.toContain('null');
  });

  it('offers at least one step, each once and with a label', () => {
    expect(text.actions.length).toBeGreaterThan(0);
    expect(new Set(text.actions).size).toBe(text.actions.length);
    for (const action of text.actions) expect(t.actions[action]).toBeTruthy();
  });
});

describe('a refused call', () => {
  it('keeps the error of the contract', () => {
    const error = {
      code: 'rateLimited',
      detail: 'd',
      retryable: true,
      retryAt: null,
      missingScopes: null,
      correlationId: 'c',
    };
    expect(toIpcError(error)).toBe(error);
  });

  it('is an internal fault when it is anything else', () => {
    for (const thrown of [new Error('boom'), 'boom', { code: 'toString', detail: '' }, null]) {
      expect(toIpcError(thrown).code).toBe('internal');
    }
    expect(toIpcError(new Error('boom')).detail).toBe('boom');
  });
});
