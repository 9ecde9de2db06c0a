interface Range {
  least?: number;
  most: number;
  whole?: boolean;
}

/** A number as typed: null where nothing is, `wrong` where it is none of that range. */
export function parameterOf(
  typed: string,
  { least = 0, most, whole = false }: Range,
): number | null | 'wrong' {
  const text = typed.trim().replace(',', '.');
  if (text === '') return null;
  const number = Number(text);
  const fits = Number.isFinite(number) && number >= least && number <= most;
  return fits && (!whole || Number.isInteger(number)) ? number : 'wrong';
}
