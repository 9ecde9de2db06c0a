/** Days that a chart shows, and months. */
const DAYS = 30;
const MONTHS = 12;

/** Names of the last days (`2026-11-21`) or months (`2026-11`), oldest first. */
export function lastNames(by: 'day' | 'month', now: Date): string[] {
  const count = by === 'day' ? DAYS : MONTHS;
  return Array.from({ length: count }, (_, index) => {
    const back = count - 1 - index;
    const date =
      by === 'day'
        ? new Date(now.getFullYear(), now.getMonth(), now.getDate() - back)
        : new Date(now.getFullYear(), now.getMonth() - back, 1);
    const month = `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
    return by === 'day' ? `${month}-${String(date.getDate()).padStart(2, '0')}` : month;
  });
}
