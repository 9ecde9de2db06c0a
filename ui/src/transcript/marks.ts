/** The names of the highlights, as the style sheet has them. */
const FOUND = 'found';
const HERE = 'found-here';

/**
 * Marks every place below `root` that holds these characters, whatever their case; those within `here`
 * stand out. Nothing of the page is changed: they are CSS highlights. Empty words take the marks away.
 */
export function mark(root: HTMLElement, words: string, here: string | null): void {
  // Where the engine has none, the found messages are still walked.
  if (typeof Highlight === 'undefined') return;
  const [found, current] = [new Highlight(), new Highlight()];
  const sought = words.trim().toLowerCase();
  if (sought !== '') {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.nodeValue?.toLowerCase() ?? '';
      for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length)) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + sought.length);
        const message = node.parentElement?.closest<HTMLElement>('[data-message-id]');
        if (message) (message.dataset['messageId'] === here ? current : found).add(range);
      }
    }
  }
  CSS.highlights.set(FOUND, found);
  CSS.highlights.set(HERE, current);
}
