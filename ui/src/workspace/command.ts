/** Something that can be done now. */
export interface Command {
  id: string;
  name: string;
  /** The keys that do it as well. */
  keys: readonly string[];
  run: () => void;
}

export function command(id: string, name: string, keys: readonly string[], run: () => void): Command {
  return { id, name, keys, run };
}
