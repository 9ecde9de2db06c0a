window.measured = null;
const scroller = document.querySelector('[data-testid="transcript"]');
const frames = [];
let before = performance.now();
const step = () => {
  const now = performance.now();
  frames.push(now - before);
  before = now;
  if (frames.length > 40) {
    window.measured = frames.slice(1);
    return;
  }
  // From the top of a short conversation it goes on from its end.
  if (scroller.scrollTop <= 0) scroller.scrollTop = scroller.scrollHeight;
  else scroller.scrollTop -= scroller.clientHeight;
  requestAnimationFrame(step);
};
requestAnimationFrame(step);
