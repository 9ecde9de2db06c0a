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

/** A model's parameters, as a host has them. */
export interface Parameters {
  temperature: number | null;
  topP: number | null;
  maxTokens: number | null;
}

/** The same as a person types them; empty leaves it to the provider. */
export type TypedParameters = Record<keyof Parameters, string>;

/** As they stand in the fields. */
export function typedParameters({ temperature, topP, maxTokens }: Parameters): TypedParameters {
  const rounded = (value: number | null): string =>
    value === null ? '' : String(Math.round(value * 100) / 100);
  return {
    temperature: rounded(temperature),
    topP: rounded(topP),
    maxTokens: maxTokens === null ? '' : String(maxTokens),
  };
}

/** As typed; each `wrong` on its own. */
export function readParameters({
  temperature,
  topP,
  maxTokens,
}: TypedParameters): Record<keyof Parameters, number | null | 'wrong'> {
  return {
    temperature: parameterOf(temperature, { most: 2 }),
    topP: parameterOf(topP, { most: 1 }),
    maxTokens: parameterOf(maxTokens, { least: 1, most: 2 ** 31, whole: true }),
  };
}

/** All of them, or null while one is wrong. */
export function goodParameters(typed: TypedParameters): Parameters | null {
  const { temperature, topP, maxTokens } = readParameters(typed);
  if (temperature === 'wrong' || topP === 'wrong' || maxTokens === 'wrong') return null;
  return { temperature, topP, maxTokens };
}
