import type { DrawingView, SheetView } from '../../ipc/generated/contract';
import { FakeImages } from './images';

/** Colours of ink, boxes and their edges on one ground. */
type Colours = readonly [ink: string, box: string, edge: string, quiet: string];

const LIGHT: Colours = ['#1f1d1a', '#f6e9df', '#a8521f', '#645e55'];
const DARK: Colours = ['#ece8e1', '#35261c', '#e0905c', '#aaa297'];

const STEPS = ['Ask', 'Hold', 'Stream', 'Receipt'];

function sheet([ink, box, edge, quiet]: Colours): SheetView {
  const parts = STEPS.map((words, at) => {
    const x = 10 + at * 170;
    const arrow =
      at === 0 ? '' : `<path d="M${x - 40} 40h32" stroke="${quiet}" marker-end="url(#a)" fill="none"/>`;
    return `${arrow}<rect x="${x}" y="18" width="130" height="44" rx="6" fill="${box}" stroke="${edge}"/><text x="${x + 65}" y="44" fill="${ink}" font-family="sans-serif" font-size="13" text-anchor="middle">${words}</text>`;
  });
  const marker = `<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0l8 4-8 4z" fill="${quiet}"/></marker></defs>`;
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 670 80" width="670" height="80">${marker}${parts.join('')}</svg>`,
    width: 670,
    height: 80,
  };
}

/** Diagrams of the fake host. */
export class FakeDiagrams extends FakeImages {
  async diagramDraw(source: string): Promise<DrawingView> {
    const wrong = source.includes('-->|');
    const reason = 'Diagram parse error (flowchart-v2): expected a node after the arrow in line 2';
    return this.host.answer<DrawingView>(
      'diagramDraw',
      wrong ? { type: 'refused', reason } : { type: 'drawn', light: sheet(LIGHT), dark: sheet(DARK) },
    );
  }
}
