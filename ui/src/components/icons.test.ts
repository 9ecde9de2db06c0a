import { readdirSync, readFileSync } from 'node:fs';
import { cleanup, render } from '@testing-library/svelte';
import Check from '@lucide/svelte/icons/check';
import { afterEach, describe, expect, test } from 'vitest';
import { staticIcon } from '../../vite/staticIcons';

const TAKEN = /^(size|strokeWidth|fill|class)$/;

afterEach(cleanup);

/** Every file of the page with what it draws. */
const parts = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.svelte'))
  .map((file) => [file, readFileSync(`src/${file}`, 'utf8')] as const);

describe('icons', () => {
  test('are templates with what they were given', () => {
    const { container } = render(Check, { size: 15, strokeWidth: 1.75, class: 'spin' });
    const icon = container.querySelector('svg');
    expect(icon?.innerHTML).toBe('<path d="M20 6 9 17l-5-5"></path>');
    const attributes = [...(icon?.attributes ?? [])].map(({ name, value }) => [name, value]);
    expect(Object.fromEntries(attributes)).toEqual({
      class: 'line-icon spin',
      width: '15',
      height: '15',
      viewBox: '0 0 24 24',
      fill: 'none',
      'stroke-width': '1.75',
      'aria-hidden': 'true',
    });
  });

  test('are given nothing else', () => {
    const given = parts.flatMap(([file, source]) => {
      const names = [...source.matchAll(/import (\w+) from '@lucide\/svelte\/icons\//g)].map(
        ([, name]) => name,
      );
      const uses = names.flatMap((name) => [...source.matchAll(new RegExp(`<${name}\\s([^>]*)/>`, 'g'))]);
      const attributes = uses.flatMap(([, written = '']) => [...written.matchAll(/([\w-]+)=/g)]);
      return attributes.map(([, attribute = '']) => [file, attribute] as const);
    });
    expect(given.length).toBeGreaterThan(200);
    expect(given.filter(([, attribute]) => !TAKEN.test(attribute))).toEqual([]);
  });

  test('of another make are refused when the page is built', () => {
    expect(() => staticIcon('<script>const node = [];</script>')).toThrow('Lucide');
  });
});
