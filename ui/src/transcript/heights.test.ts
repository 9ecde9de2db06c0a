import { describe, expect, it } from 'vitest';
import { Heights } from './heights';

/** Reproducible numbers without a pattern. */
function* noise(): Generator<number, never> {
  for (let seed = 7; ;) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield seed / 2_147_483_648;
  }
}

describe('heights', () => {
  it('are what plain adding up says, whatever was done to them', () => {
    const heights = new Heights();
    const plain: number[] = [];
    const random = noise();
    for (let step = 0; step < 3000; step += 1) {
      const [what, where, height] = [
        random.next().value,
        random.next().value,
        Math.ceil(random.next().value * 400),
      ];
      if (what < 0.5) {
        heights.push(height);
        plain.push(height);
      } else if (what < 0.97) {
        const index = Math.floor(where * plain.length);
        heights.set(index, height);
        if (index < plain.length) plain[index] = height;
      } else {
        const count = Math.floor(plain.length * (0.6 + where * 0.4));
        heights.truncate(count);
        plain.length = count;
      }
    }
    let top = 0;
    expect(heights.count).toBe(plain.length);
    plain.forEach((height, index) => {
      expect(heights.top(index)).toBeCloseTo(top, 4);
      expect(heights.indexAt(top)).toBe(index);
      expect(heights.indexAt(top + height - 0.5)).toBe(index);
      top += height;
    });
    expect(heights.total).toBeCloseTo(top, 4);
    expect(heights.indexAt(top + 1000)).toBe(plain.length - 1);
  });

  it('say whether a change changes anything', () => {
    const heights = new Heights();
    heights.push(10);
    expect(heights.set(0, 10)).toBe(false);
    expect(heights.set(0, 11)).toBe(true);
    expect(heights.set(1, 11)).toBe(false);
    expect(new Heights().indexAt(5)).toBe(0);
  });
});
