import { expect, it } from 'vitest';
import { parameterOf } from './parameters';

it('reads what people type, and leaves nothing to the provider', () => {
  expect(parameterOf('', { most: 2 })).toBeNull();
  expect(parameterOf(' 0,7 ', { most: 2 })).toBe(0.7);
  expect(parameterOf('500', { least: 1, most: 9e9, whole: true })).toBe(500);
});

it('refuses what is out of its range', () => {
  expect(parameterOf('2.1', { most: 2 })).toBe('wrong');
  expect(parameterOf('much', { most: 2 })).toBe('wrong');
  expect(parameterOf('0', { least: 1, most: 9, whole: true })).toBe('wrong');
  expect(parameterOf('1.5', { least: 1, most: 9, whole: true })).toBe('wrong');
});
