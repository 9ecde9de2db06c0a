// The last question, where it is drawn, and its answer, as markup.
const drawn = document.querySelectorAll(
  '[data-testid="message-user"], [data-testid="message-assistant"]',
);
return [...drawn].slice(-2).map((message) => message.outerHTML).join('');
