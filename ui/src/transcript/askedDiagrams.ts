import type { DrawingView } from '../ipc/generated/contract';

/** Most that are kept; the oldest go first. */
const MOST = 60;

/** How a diagram that was asked for stands. */
export interface AskedDiagram {
  drawing: DrawingView | { type: 'coming' } | { type: 'failed' };
  /** Its source is shown in its place. */
  folded: boolean;
}

const diagrams = new Map<string, AskedDiagram>();

/**
 * The diagrams that the person asked for since the window opened, by source. An answer that is drawn
 * anew, scrolled back to or settled at its end shows them again by itself.
 */
export const askedDiagrams = {
  get: (source: string): AskedDiagram | null => diagrams.get(source) ?? null,

  set(source: string, diagram: AskedDiagram): void {
    diagrams.delete(source);
    diagrams.set(source, diagram);
    const [oldest] = diagrams.keys();
    if (diagrams.size > MOST && oldest !== undefined) diagrams.delete(oldest);
  },

  /** As if nothing had been asked for. */
  clear(): void {
    diagrams.clear();
  },
};
