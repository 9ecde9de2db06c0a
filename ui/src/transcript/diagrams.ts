import type { DrawingView, SheetView } from '../ipc/generated/contract';
import { t } from '../text/locale.svelte';
import { askedDiagrams, type AskedDiagram } from './askedDiagrams';

const CODE = '.code[data-lang=mermaid]';

/**
 * Gives each diagram's source a button to draw it, and shows those that were asked for. Not while the
 * answer is still written: what is drawn would be a part, and hide the rest as it comes.
 */
export function dressDiagrams(root: ParentNode): void {
  for (const code of root.querySelectorAll<HTMLElement>(CODE)) show(code);
}

/** Draws a diagram, or turns between it and its source. */
export async function toggleDiagram(
  button: Element,
  draw: (source: string) => Promise<DrawingView>,
  fault: (thrown: unknown) => void,
): Promise<void> {
  const code = button.closest<HTMLElement>(CODE);
  if (!code) return;
  const source = sourceOf(code);
  const shown = askedDiagrams.get(source);
  if (shown?.drawing.type === 'coming') return;
  if (shown?.drawing.type === 'drawn') {
    set(code, source, { ...shown, folded: !shown.folded });
    return;
  }
  set(code, source, { drawing: { type: 'coming' }, folded: false });
  try {
    set(code, source, { drawing: await draw(source), folded: false });
  } catch (thrown) {
    set(code, source, { drawing: { type: 'failed' }, folded: false });
    fault(thrown);
  }
}

/** Everywhere where this source stands and is finished: the row may have been drawn anew meanwhile. */
function set(code: HTMLElement, source: string, shown: AskedDiagram): void {
  askedDiagrams.set(source, shown);
  const places = new Set([code, ...document.querySelectorAll<HTMLElement>(CODE)]);
  for (const place of places) if (buttonOf(place) && sourceOf(place) === source) show(place);
}

function sourceOf(code: HTMLElement): string {
  return (code.querySelector('pre')?.textContent ?? '').replace(/\n$/, '');
}

function show(code: HTMLElement): void {
  const shown = askedDiagrams.get(sourceOf(code));
  const drawing = shown?.drawing ?? null;
  const drawn = drawing?.type === 'drawn' && !shown?.folded;
  const button = drawButton(code);
  button.textContent =
    drawing?.type === 'drawn' ? (drawn ? t.diagram.source : t.diagram.show) : t.diagram.draw;
  button.disabled = drawing?.type === 'coming';
  code.classList.toggle('drawn', drawn);
  code.querySelector(':scope > .diagram')?.remove();
  if (drawing === null || drawing.type === 'failed' || shown?.folded) return;
  // Before the source: what streams in goes to the last element.
  code.querySelector(':scope > pre')?.before(figure(drawing));
}

/** What is still written has none. */
function buttonOf(code: HTMLElement): HTMLButtonElement | null {
  return code.querySelector('.code-draw');
}

function drawButton(code: HTMLElement): HTMLButtonElement {
  const there = buttonOf(code);
  if (there) return there;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'code-draw';
  code.querySelector('.code-head')?.insertBefore(button, code.querySelector('.code-wrap, .code-copy'));
  return button;
}

function figure(drawing: DrawingView | { type: 'coming' }): HTMLElement {
  const figure = document.createElement('div');
  figure.className = 'diagram';
  if (drawing.type === 'drawn') {
    figure.append(image(drawing.light, 'light'), image(drawing.dark, 'dark'));
    // A wide one scrolls sideways: by keyboard too (WCAG 2.1.1).
    figure.tabIndex = 0;
    return figure;
  }
  const words = document.createElement('p');
  words.setAttribute('role', 'status');
  words.textContent = drawing.type === 'coming' ? t.diagram.coming : t.diagram.refused(drawing.reason);
  figure.classList.toggle('refused', drawing.type === 'refused');
  figure.append(words);
  return figure;
}

function image(sheet: SheetView, ground: 'light' | 'dark'): HTMLImageElement {
  const image = document.createElement('img');
  image.className = `on-${ground}`;
  image.alt = t.diagram.alt;
  image.width = sheet.width;
  image.height = sheet.height;
  // Made smaller, but not beyond what can be read.
  image.style.minWidth = `${String(Math.round(sheet.width * 0.75))}px`;
  // An image runs no script and fetches nothing, whatever is in it.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(sheet.svg)}`;
  return image;
}
