import { describe, expect, it } from 'vitest';
import css from './tokens.css?raw';

type Theme = 'light' | 'dark';

/** Every `--name: light-dark(#…, #…)` of the sheet. */
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(text: string, ground: string, theme: Theme): number {
  const [a, b] = [text, ground].map((name) => luminance(colours.get(name)?.[theme] ?? ''));
  const [low = 0, high = 0] = [a ?? 0, b ?? 0].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const grounds: Record<string, string[]> = {
  ink: [
    'paper',
    'panel',
    'raised',
    'selected',
    'hover',
    'code',
    'copper-soft',
    'good-soft',
    'warn-soft',
    'bad-soft',
  ],
  'ink-2': ['paper', 'panel', 'raised', 'selected', 'hover', 'code', 'copper-soft', 'warn-soft', 'bad-soft'],
  'ink-3': ['paper', 'panel', 'raised'],
  'copper-ink': ['paper', 'raised', 'copper-soft'],
  'on-copper': ['copper', 'copper-hover'],
  warn: ['paper', 'raised', 'warn-soft'],
  bad: ['paper', 'raised', 'bad-soft'],
  good: ['paper', 'good-soft', 'code'],
  'hl-keyword': ['code'],
  'hl-string': ['code'],
  'hl-number': ['code'],
  'hl-function': ['code'],
  'hl-type': ['code'],
  'hl-comment': ['code'],
};

const pairs = Object.entries(grounds).flatMap(([text, on]) =>
  on.flatMap((ground) => (['light', 'dark'] as const).map((theme) => [text, ground, theme] as const)),
);

describe('text can be read', () => {
  it.each(pairs)('%s on %s, %s', (text, ground, theme) => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });
});
