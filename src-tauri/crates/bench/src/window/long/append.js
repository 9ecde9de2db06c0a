// Adds words to the last text of a row, one a frame, as an answer that streams in does: what is
// counted is the change with its layout, and the frame's own work after it (observers, paint).
const [selector] = arguments;
window.measured = null;
const WORDS = 60;
const row = [...document.querySelectorAll(selector)].at(-1);
const text = (row.querySelector('.block:last-of-type > :last-child') ?? row).appendChild(
  document.createTextNode(''),
);
let words = 0;
let spent = 0;
const add = () => {
  const started = performance.now();
  text.appendData(' word');
  document.body.getBoundingClientRect();
  setTimeout(() => {
    spent += performance.now() - started;
    words += 1;
    if (words < WORDS) {
      requestAnimationFrame(add);
      return;
    }
    text.remove();
    window.measured = [spent / WORDS];
  });
};
requestAnimationFrame(add);
