import type { PatchOp } from '../../ipc/generated/contract';

/** One block of a written answer: what opens it, then what arrives piece by piece. */
interface ScriptedBlock {
  open: string;
  /** How deep below the block the pieces go. */
  depth: number;
  /** Plain text, or HTML where it begins with `<`. */
  pieces: string[];
}

/** Words, and elements as a whole: `<strong>before</strong>` is one piece. */
function words(text: string): string[] {
  return text.match(/<(\w+)[^>]*>.*?<\/\1>|[^< ]+ ?| /g) ?? [];
}

const paragraph = (text: string): ScriptedBlock => ({ open: '<p></p>', depth: 1, pieces: words(text) });

const code = (lang: string, lines: string[]): ScriptedBlock => ({
  open: `<div class="code" data-lang="${lang}"><div class="code-head"><span class="code-lang">${lang}</span><button class="code-copy" type="button">Copy</button></div><pre><code></code></pre></div>`,
  depth: 3,
  pieces: lines.map((line) => `<span class="line">${line}\n</span>`),
});

const whole = (html: string): ScriptedBlock => ({ open: html, depth: 0, pieces: [] });

const k = (word: string): string => `<span class="hl-keyword">${word}</span>`;
const f = (word: string): string => `<span class="hl-function">${word}</span>`;
const s = (word: string): string => `<span class="hl-string">${word}</span>`;

export const datesAnswer: ScriptedBlock[] = [
  paragraph(
    'Keep instants in <strong>UTC</strong> and turn them into a local time only where somebody reads them. A plain <code>datetime</code> has no zone, so <code>fromisoformat</code> must be given an offset, or the <code>tzinfo</code> it is missing.',
  ),
  code('python', [
    `${k('from')} zoneinfo ${k('import')} ZoneInfo`,
    `${k('from')} datetime ${k('import')} datetime`,
    '',
    `${k('def')} ${f('meeting')}(text, zone=${s('"Europe/Lisbon"')}):`,
    `    start = datetime.${f('fromisoformat')}(text)`,
    `    ${k('return')} start.${f('astimezone')}(${f('ZoneInfo')}(zone))   <span class="hl-comment"># fold=1 on the second 01:30</span>`,
  ]),
  whole(
    '<div class="table-wrap"><table><thead><tr><th>Written</th><th>Means</th><th class="align-right">Offset</th></tr></thead><tbody><tr><td><code>2026-10-25T01:30</code></td><td>twice, or nothing</td><td class="align-right">unknown</td></tr><tr><td><code>2026-10-25T01:30Z</code></td><td>one instant</td><td class="align-right">+00:00</td></tr><tr><td><code>2026-10-25T01:30+01:00</code></td><td>one instant, an hour sooner</td><td class="align-right">+01:00</td></tr></tbody></table></div>',
  ),
  paragraph(
    'The first row is the trap: on the night the clocks go back that half hour happens twice, and a program without a zone picks one for you. The module’s notes on this are in <a href="https://docs.python.org/3/library/zoneinfo.html" class="external">the Python manual</a>.',
  ),
];

export const breadAnswer: ScriptedBlock[] = [
  whole('<h2>A loaf without kneading</h2>'),
  paragraph('Time does the work. For one loaf of about <strong>800 g</strong>:'),
  whole(
    '<ol><li>Stir 450 g flour, 9 g salt, 1 g dry yeast and 350 g water until no flour is dry.</li><li>Cover and leave it alone for <strong>14 to 18 hours</strong>.</li><li>Fold it twice, rest it for an hour, and bake it in a hot pot with the lid on.</li></ol>',
  ),
  whole('<blockquote><p>If it sticks to everything, it is right.</p></blockquote>'),
  whole(
    '<ul><li><input type="checkbox" disabled checked> Pot into the oven at 240 °C half an hour before</li><li><input type="checkbox" disabled> Lid off for the last fifteen minutes</li></ul>',
  ),
  paragraph(
    'Water is <math><mfrac><mn>350</mn><mn>450</mn></mfrac></math> of the flour, a <em>hydration</em> of 78%.',
  ),
];

export const shortAnswer: ScriptedBlock[] = [
  paragraph(
    'Yes, and keep it short: say what you saw, when you saw it, and what you would like to <strong>happen next</strong>.',
  ),
];

const remote = (alt: string, url: string): string =>
  `<span class="remote-image" data-src="${url}"><span class="remote-image-alt">${alt}</span> <span class="remote-image-address">${url}</span></span>`;

/** Long lines, images from elsewhere, a script that runs from the right, and notes. */
export const figuresAnswer: ScriptedBlock[] = [
  code('text', [`${'a line that is too long for the window and goes on, '.repeat(4)}and ends`]),
  whole(`<p>${remote('A meadow in March', 'https://pictures.example.org/meadows/march.png')}</p>`),
  whole(`<p>${remote('', 'https://gone.example.org/p.png?w=1200')}</p>`),
  whole('<p>مرحبا بالعالم، السعر 5 دولارات.</p>'),
  whole('<p>The books are double-entry<sup class="footnote-ref">1</sup>.</p>'),
  whole('<div class="footnote"><sup class="footnote-label">1</sup><p>Each sum stands twice.</p></div>'),
];

/** A diagram that can be drawn, and one that cannot. */
export const diagramsAnswer: ScriptedBlock[] = [
  paragraph('What happens between a question and its receipt:'),
  code('mermaid', ['flowchart LR', '  Ask --&gt; Hold', '  Hold --&gt; Stream', '  Stream --&gt; Receipt']),
  paragraph('And one that is not finished:'),
  code('mermaid', ['flowchart LR', '  Ask --&gt;|']),
];

/** The blocks as they stand when all has arrived. */
export function finished(blocks: readonly ScriptedBlock[]): string[] {
  return blocks.map(({ open, depth, pieces }) => {
    const inner = pieces.join('');
    if (depth === 1) return open.replace('></p>', `>${inner}</p>`);
    return depth === 3 ? open.replace('<code></code>', `<code>${inner}</code>`) : open;
  });
}

/** The operations by which they arrive, one per step. */
export function script(blocks: readonly ScriptedBlock[]): PatchOp[] {
  return blocks.flatMap(({ open, depth, pieces }): PatchOp[] => [
    { op: 'append', html: open },
    ...pieces.map((piece): PatchOp =>
      piece.startsWith('<')
        ? { op: 'grow', depth, keep: Number.MAX_SAFE_INTEGER, html: piece }
        : { op: 'text', depth, text: piece },
    ),
  ]);
}

export type { ScriptedBlock };
