// Opens the conversation that was left alone for longest, as far down as the sidebar draws, and tells
// when it is there.
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

[...document.querySelectorAll('[data-testid="conversation-row"]')].at(-1).click();
