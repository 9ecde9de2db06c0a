// Makes a bare page look like the product's, and teaches it to show the same answers, block by block
// as they come, without any of the product's code.
const [looks, exchanges] = arguments;
/** As many messages as the product keeps drawn of a conversation. */
const DRAWN = 6;

const styles = document.createElement('style');
styles.textContent = looks.styles;
document.head.append(styles);
document.body.outerHTML = looks.body;

const row = document.querySelector('[data-testid="message-assistant"]').parentElement;
const conversations = new Map();
let open;

window.plain = {
  /** Shows the end of a conversation, or nothing where there is none. */
  open(name) {
    open = name;
    if (!conversations.has(name)) conversations.set(name, []);
    row.innerHTML = conversations.get(name).slice(-DRAWN).map((at) => exchanges[at]).join('');
    row.lastElementChild?.scrollIntoView(false);
  },

  /** Adds an exchange to what is open, a block a frame; tells whether the answer has its words then. */
  ask(at, done) {
    const whole = document.createElement('template');
    whole.innerHTML = exchanges[at];
    const blocks = [...whole.content.querySelectorAll('.block')].map((block) => block.outerHTML);
    row.insertAdjacentHTML('beforeend', exchanges[at]);
    const answer = row.lastElementChild;
    const into = answer.querySelector('.blocks');
    into.innerHTML = '';
    requestAnimationFrame(function next() {
      const block = blocks.shift();
      if (block !== undefined) {
        into.insertAdjacentHTML('beforeend', block);
        answer.scrollIntoView(false);
        requestAnimationFrame(next);
        return;
      }
      if (conversations.get(open).push(at) > DRAWN) row.firstElementChild.remove();
      done(answer.textContent === whole.content.lastElementChild.textContent);
    });
  },
};
