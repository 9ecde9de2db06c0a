/** Hues, in degrees, that are told apart at the size of an avatar. */
const HUES = [212, 282, 162, 338, 188, 252, 128, 310, 232, 20, 96, 48];

/** Lightness in per cent: white initials keep 4.5 : 1 on each, and each round of hues differs from the last. */
const LIGHTNESS = [36, 28, 21];

/**
 * A colour for each account, such that no two share one: that of its id, or the next one that is free.
 *
 * @param ids - account ids in the order in which they were added, so that a new one never recolours an old one.
 */
export function accountColours(ids: readonly string[]): Map<string, string> {
  const size = HUES.length * LIGHTNESS.length;
  const taken = new Set<number>();
  const colours = new Map<string, string>();
  for (const id of ids) {
    let slot = hash(id) % HUES.length;
    while (taken.has(slot % size) && taken.size < size) slot += 1;
    taken.add(slot % size);
    colours.set(id, colour(slot % size));
  }
  return colours;
}

function colour(slot: number): string {
  const hue = HUES[slot % HUES.length] ?? 0;
  const lightness = LIGHTNESS[Math.floor(slot / HUES.length)] ?? 36;
  return `hsl(${hue} 34% ${lightness}%)`;
}

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return value;
}
