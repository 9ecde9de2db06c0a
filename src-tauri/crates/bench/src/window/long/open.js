const [index, count] = arguments;
window.measured = null;
const row = document.querySelectorAll('[data-testid="conversation-row"]')[index];
const last = `[aria-posinset="${count}"][aria-setsize="${count}"]`;
const started = performance.now();
row.click();
const look = () => {
  if (!document.querySelector(last)) return void requestAnimationFrame(look);
  requestAnimationFrame(() =>
    setTimeout(() => {
      document.body.getBoundingClientRect();
      window.measured = [performance.now() - started, document.querySelectorAll('*').length];
    }),
  );
};
requestAnimationFrame(look);
