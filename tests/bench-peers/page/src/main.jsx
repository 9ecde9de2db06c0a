// Shows one streamed answer by one engine, layout forced after every piece, and reports how long the
// whole answer took.
//
// Ours is timed from the request to the last patch applied: rendering in Rust, the IPC channel and
// the page together. The others are timed while they work, the pauses between their turns left out.
import { engines, ours } from './engines.jsx';

const { invoke } = window.__TAURI__.core;

/** An update that takes longer than a frame at 60 Hz is one that a person may see. */
const FRAME_MS = 16.7;
/** Pieces that are taken in one turn; then the web view may do other things. */
const TURN = 10;
/** Ours by its names: so many pieces in a message. */
const OURS = { ours: TURN, 'ours-each': 1 };

const root = document.createElement('div');
document.body.append(root);

/** What can be read, without white space and without what only one engine adds to code. */
function textOf(element) {
  const copy = element.cloneNode(true);
  for (const extra of copy.querySelectorAll('.code-head, [data-streamdown="code-block-header"]')) {
    extra.remove();
  }
  return copy.textContent.replace(/\s+/g, '');
}

const pause = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });

/** Runs one piece of work, layout included, and notes its time. */
function timed(times, work) {
  const started = performance.now();
  work();
  root.getBoundingClientRect();
  times.push(performance.now() - started);
}

async function measurePeer(engine) {
  const pieces = await invoke('pieces');
  const shown = engine(root);
  const times = [];
  let total = 0;
  for (let at = 0; at < pieces.length; at += TURN) {
    const started = performance.now();
    for (const piece of pieces.slice(at, at + TURN)) timed(times, () => shown.push(piece));
    total += performance.now() - started;
    await pause();
  }
  const started = performance.now();
  timed(times, () => shown.end());
  return { total: total + performance.now() - started, times };
}

async function measureOurs(piecesPerMessage) {
  const times = [];
  const started = performance.now();
  await ours((work) => timed(times, work), root, piecesPerMessage);
  return { total: performance.now() - started, times };
}

async function main() {
  const name = await invoke('engine');
  const { total, times } = await (name in OURS
    ? measureOurs(OURS[name])
    : measurePeer(engines[name]));
  const found = {
    total_ms: total,
    updates: times.length,
    slow_updates: times.filter((time) => time > FRAME_MS).length,
    slowest_ms: Math.max(...times),
    text: textOf(root),
  };
  await invoke('report', { found });
}

main().catch((error) => invoke('report', { found: { error: String(error) } }));
