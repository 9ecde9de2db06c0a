import { expect, test } from 'vitest';
import { readTerms } from './keyTerms';

test('nothing typed asks nothing of the key', () => {
  expect(readTerms('', 'weekly', '').terms).toEqual({
    limitMicroUsd: null,
    resets: 'never',
    endsInDays: null,
  });
});

test('a cap is read digit by digit, with a point or a comma', () => {
  expect(readTerms('0.1', 'daily', '30').terms).toEqual({
    limitMicroUsd: 100_000,
    resets: 'daily',
    endsInDays: 30,
  });
  expect(readTerms('12,345678', 'never', '').terms?.limitMicroUsd).toBe(12_345_678);
});

test.each(['0', '-1', '1e3', '1.2345678', 'ten', '$5'])('%s is no cap', (limit) => {
  expect(readTerms(limit, 'never', '')).toEqual({ terms: null, limitFault: true, daysFault: false });
});

test.each(['0', '1.5', '3651', 'soon'])('%s is no number of days', (days) => {
  expect(readTerms('5', 'never', days)).toEqual({ terms: null, limitFault: false, daysFault: true });
});
