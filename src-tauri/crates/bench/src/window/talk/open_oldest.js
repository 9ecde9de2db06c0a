// Opens the conversation that was left alone for longest, the last in the sidebar, and tells when it is
// there.
const [done] = arguments;

const shown = () =>
  [...document.querySelectorAll('[data-testid="message-assistant"]')].at(-1)?.dataset.messageId;
const before = shown();

function look() {
  const now = shown();
  if (now === undefined || now === before) return;
  observer.disconnect();
  done(now);
}
const observer = new MutationObserver(look);
observer.observe(document.body, { subtree: true, childList: true });

const list = document.querySelector('[data-testid="sidebar"] nav');
const bottom = (element) => Math.round(element.getBoundingClientRect().bottom);

// The sidebar draws, and reads, what is in view: the frames after it was scrolled.
function openLast() {
  list.scrollTop = list.scrollHeight;
  const last = [...list.querySelectorAll('[data-testid="conversation-row"]')].at(-1);
  if (last && bottom(last.parentElement) >= bottom(list.firstElementChild) - 1) last.click();
  else requestAnimationFrame(openLast);
}
openLast();
