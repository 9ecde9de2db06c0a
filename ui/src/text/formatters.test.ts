import { describe, expect, it, vi } from 'vitest';
import { formatDate, formatNumber } from './formatters';

describe('formatters', () => {
  it('write as the language does, whichever was used before', () => {
    expect(formatNumber(1234.5, 'en-US')).toBe('1,234.5');
    expect(formatNumber(1234.5, 'de-DE')).toBe('1.234,5');
    expect(formatNumber(1234.5, 'en-US', { maximumFractionDigits: 0 })).toBe('1,235');
    const day = new Date(2026, 10, 21);
    expect(formatDate(day, 'en-GB', { month: 'long' })).toBe('November');
    expect(formatDate(day, 'de-DE', { month: 'short', year: 'numeric' })).toBe('Nov. 2026');
    expect(formatDate(new Date(NaN), 'en-GB', { month: 'long' })).toBe('');
  });

  it('are made once for each kind', () => {
    const { NumberFormat } = Intl;
    const make = vi.spyOn(Intl, 'NumberFormat').mockImplementation(function (tag, options) {
      return new NumberFormat(tag, options);
    });
    for (const value of [1, 2, 3]) formatNumber(value, 'fr-FR', { minimumFractionDigits: 1 });
    expect(make).toHaveBeenCalledTimes(1);
  });
});
