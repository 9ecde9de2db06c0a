// jsonl-search.mjs FILE WORD…: looks for each word in a file of messages, a line of JSON each, and
// prints the milliseconds of each search as JSON. As in chat clients that keep threads as files.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const [file, ...words] = process.argv.slice(2);
const took = [];
for (const word of words) {
  const started = performance.now();
  let hits = 0;
  const lines = createInterface({ input: createReadStream(file, { highWaterMark: 1 << 20 }) });
  for await (const line of lines) {
    if (JSON.parse(line).content.includes(` ${word}`)) hits += 1;
  }
  if (hits === 0) throw new Error(`no hits for ${word}`);
  took.push(performance.now() - started);
}
console.log(JSON.stringify(took));
