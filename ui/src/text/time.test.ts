import { describe, expect, it } from 'vitest';
import { dayGroup, formatAge, formatCountdown, formatFreshness, formatWait } from './time';

const now = new Date(2026, 10, 20, 15, 0, 0).getTime();
const at = (seconds: number): string => new Date(now + seconds * 1000).toISOString();
const day = 24 * 3600;

describe('ages', () => {
  it.each([
    [-1, 'just now'],
    [30, 'just now'],
    [60, '1 min ago'],
    [125, '2 min ago'],
    [3 * 3600, '3 h ago'],
    [26 * 3600, 'yesterday'],
    [3 * day, '3 days ago'],
  ])('%d seconds read "%s"', (seconds, words) => {
    expect(formatAge(at(-seconds), now)).toBe(words);
  });

  it('an age that cannot be read is left out', () => {
    expect(formatAge('?', now)).toBe('');
  });

  it('count seconds while somebody waits', () => {
    expect(formatFreshness(at(-3), now)).toBe('3 seconds ago');
    expect(formatFreshness(at(-180), now)).toBe('3 min ago');
  });
});

describe('time left', () => {
  it('counts down to zero and no further', () => {
    expect(formatCountdown(at(272), now)).toBe('4:32');
    expect(formatCountdown(at(-9), now)).toBe('0:00');
  });

  it('is rounded up, so that a button is never early', () => {
    expect(formatWait(at(41.2), now)).toBe('42 s');
    expect(formatWait(at(240), now)).toBe('4 min');
    expect(formatWait(at(4 * 3600), now)).toBe('4 h');
  });
});

describe('groups of days', () => {
  it.each([
    [0, 'Today'],
    [-14 * 3600, 'Today'],
    [-16 * 3600, 'Yesterday'],
    [-4 * day, 'This week'],
    [-9 * day, 'Last week'],
    [-40 * day, 'October'],
    [-400 * day, 'October 2025'],
    [60, 'Today'],
  ])('%d seconds from now are "%s"', (seconds, heading) => {
    expect(dayGroup(at(seconds), now)).toBe(heading);
  });
});
