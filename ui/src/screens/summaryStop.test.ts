import { cleanup, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import Root from '../Root.svelte';
import '../later/parts';
import { stage } from '../state/testing/stage';
import { chatSteps } from '../workspace/steps';

afterEach(cleanup);

it('a summary that is being written can be stopped, and nothing is sent then', async () => {
  const { app, backend } = await stage('too-long');
  render(Root, { app });
  await app.chat.open('c-dates');
  app.chat.draft.text = 'And now?';
  await app.chat.send();
  chatSteps(app, { retry: () => undefined }, null, app.chat.sendFault)['choose-context']?.();
  await vi.waitFor(() => screen.getByTestId('context-1'));
  let end: (written: boolean) => void = () => undefined;
  backend.contextSummarise = () => new Promise((done) => (end = done));
  backend.contextStop = vi.fn(() => {
    end(false);
    return Promise.resolve();
  });
  screen.getByTestId('context-1').querySelector('input')?.click();
  await tick();
  screen.getByTestId('context-send').click();
  await tick();
  const leave = screen.getByTestId('context-leave');
  expect(leave.textContent).toContain('Stop');
  leave.click();
  await vi.waitFor(() => {
    expect(screen.getByTestId('context-note').textContent).toContain('was stopped');
  });
  expect(backend.contextStop).toHaveBeenCalledWith('c-dates');
  expect(backend.calls.filter((call) => call.startsWith('turnSend'))).toEqual([]);
  expect(app.chat.draft.text).toBe('And now?');
  expect(leave.textContent).toContain('Cancel');
});
