// What every client has in common: it reads one short answer, so that everything is loaded and
// connected, then the measured ones, and prints what it found as JSON.
import { createHash } from 'node:crypto';

/**
 * @param {(base: string) => (model: string, onText: (text: string) => void) => Promise<void>} client
 *   makes a function that asks for one answer and hands over its text as it comes
 */
export async function measure(client) {
  const [base, model, times] = process.argv.slice(2);
  const ask = client(base);
  await ask('plain-100', () => {});
  const first_us = [];
  let text = '';
  const cpu = process.cpuUsage();
  const wall = performance.now();
  for (let time = 0; time < Number(times); time += 1) {
    text = '';
    let first;
    const asked = performance.now();
    await ask(model, (piece) => {
      first ??= performance.now() - asked;
      text += piece;
    });
    first_us.push(first * 1000);
  }
  const used = process.cpuUsage(cpu);
  const found = {
    cpu_ms: (used.user + used.system) / 1000,
    wall_ms: performance.now() - wall,
    sha256: createHash('sha256').update(text).digest('hex'),
    first_us,
  };
  process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0));
}
