import { afterEach, expect, it } from 'vitest';
import { styled } from './styled';

afterEach(() => {
  document.head.replaceChildren();
});

/** A style sheet that is there, or is not yet. */
function addSheet(sheet: object | null): HTMLLinkElement {
  const link = document.createElement('link');
  link.setAttribute('rel', 'stylesheet');
  Object.defineProperty(link, 'sheet', { value: sheet });
  document.head.append(link);
  return link;
}

it('the page waits for the style sheets that are on their way, also for one that does not come', async () => {
  addSheet({});
  const [coming, lost] = [addSheet(null), addSheet(null)];
  let ready = false;
  const waited = styled().then(() => (ready = true));
  coming.dispatchEvent(new Event('load'));
  await Promise.resolve();
  expect(ready).toBe(false);
  lost.dispatchEvent(new Event('error'));
  await waited;
  expect(ready).toBe(true);
});
