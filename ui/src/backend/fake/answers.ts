import type { PatchOp } from '../../ipc/generated/contract';

/** One block of a written answer: what opens it, then what arrives piece by piece. */
interface ScriptedBlock {
  open: string;
  /** How deep below the block the pieces go. */
  depth: number;
  /** Plain text, or HTML where it begins with `<`. */
  pieces: string[];
}

function words(text: string): string[] {
  return text.split(/(?<= )|(?=<)|(?<=>)/).reduce<string[]>((pieces, piece) => {
    const last = pieces.at(-1);
    // An element stays whole: `<strong>before</strong>` is one piece.
    if (last?.startsWith('<') && !/<\/\w+>$/.test(last)) pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
    return pieces;
  }, []);
}

const paragraph = (text: string): ScriptedBlock => ({ open: '<p></p>', depth: 1, pieces: words(text) });

const code = (lang: string, lines: string[]): ScriptedBlock => ({
  open: `<div class="code" data-lang="${lang}"><div class="code-head"><span class="code-lang">${lang}</span><button class="code-copy" type="button">Copy</button></div><pre><code></code></pre></div>`,
  depth: 3,
  pieces: lines.map((line) => `<span>${line}\n</span>`),
});

const whole = (html: string): ScriptedBlock => ({ open: html, depth: 0, pieces: [] });

const k = (word: string): string => `<span class="hl-keyword">${word}</span>`;
const f = (word: string): string => `<span class="hl-function">${word}</span>`;
const s = (word: string): string => `<span class="hl-string">${word}</span>`;

export const redirectAnswer: ScriptedBlock[] = [
  paragraph(
    'Bind the listener <strong>before</strong> you build the request, so the redirect URI is the port you really own. Then accept exactly one thing: a <code>GET</code> on the exact path, from a <code>Host</code> you expect, carrying the <code>state</code> you drew.',
  ),
  code('rust', [
    `${k('let')} listener = LoopbackListener::${f('bind')}(ports).${k('await')}?;`,
    `${k('let')} request = AuthorizationRequest::${f('new')}(&amp;client, listener.${f('redirect_uri')}())`,
    `    .${f('scopes')}([${s('"openid"')}, ${s('"profile"')}])`,
    `    .${f('with_nonce')}();              <span class="hl-comment">// only where there is an ID token</span>`,
  ]),
  whole(
    '<div class="table-wrap"><table><thead><tr><th>Hit</th><th>Answer</th><th>Keeps waiting</th></tr></thead><tbody><tr><td>favicon, another path</td><td>404</td><td>yes</td></tr><tr><td>wrong <code>state</code></td><td>400, a plain page</td><td>yes</td></tr><tr><td>right <code>state</code>, <code>error=access_denied</code></td><td>“You said no”</td><td>no</td></tr></tbody></table></div>',
  ),
  paragraph(
    'A wrong <code>state</code> must not end the wait: any page in the browser could otherwise cancel a sign-in by guessing the port. The details are in <a href="https://www.rfc-editor.org/rfc/rfc8252#section-8.10" rel="noopener noreferrer" class="external">RFC 8252, section 8.10</a>.',
  ),
];

export const gardenAnswer: ScriptedBlock[] = [
  whole('<h2>A dry stone wall, 6 m long</h2>'),
  paragraph('For a wall of about <strong>90 cm</strong> you need less than most people order:'),
  whole(
    '<ol><li>Stone: roughly 1 tonne per square metre of face, so <strong>5 to 6 tonnes</strong>.</li><li>Hearting, the small stuff in the middle: about 1 tonne.</li><li>A trench 20 cm deep, filled with compacted gravel.</li></ol>',
  ),
  whole('<blockquote><p>One on two, two on one: no joint runs through two courses.</p></blockquote>'),
  whole(
    '<ul><li><input type="checkbox" disabled checked> Check for cables before digging</li><li><input type="checkbox" disabled> Set out strings and batter frames</li></ul>',
  ),
  paragraph('Lay the longest stones <em>into</em> the wall, not along it.'),
];

export const shortAnswer: ScriptedBlock[] = [
  paragraph(
    'Yes. Thank them first, name the date of the visit, and ask for a <strong>written</strong> confirmation.',
  ),
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
