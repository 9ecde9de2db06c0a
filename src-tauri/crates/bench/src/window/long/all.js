const [count] = arguments;
window.measured = null;
document.getElementById('all-rows')?.remove();
const all = document.createElement('div');
all.id = 'all-rows';
const text = 'as many words as a message has on average '.repeat(10);
const started = performance.now();
for (let at = 0; at < count; at += 1) {
  const row = document.createElement('p');
  row.textContent = text;
  all.append(row);
}
document.body.append(all);
document.body.getBoundingClientRect();
const laidOut = performance.now() - started;
requestAnimationFrame(() =>
  setTimeout(() => {
    window.measured = [performance.now() - started, laidOut];
  }),
);
