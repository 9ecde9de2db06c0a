import { describe, expect, it } from 'vitest';
import { GradualList } from './gradualList.svelte';

describe('a long list', () => {
  it('shows its end first and all of it within a few frames', () => {
    const list = new GradualList();
    expect(list.from(12)).toBe(0);
    expect(list.from(500)).toBe(460);
    let frames = 0;
    while (list.from(500) > 0) {
      list.more(500);
      frames += 1;
    }
    expect(frames).toBeLessThan(6);
  });

  it('hides nothing again when messages are added, until it is another list', () => {
    const list = new GradualList();
    list.more(50);
    expect(list.from(5000)).toBe(0);
    list.restart();
    expect(list.from(5000)).toBe(4960);
  });
});
