// blocks.mjs FILE: of the documents in the file, prints the share in percent that looks the same
// whether streamdown's blocks are rendered one by one, as it does, or the document is rendered whole.
import { readFileSync } from 'node:fs';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { parseMarkdownIntoBlocks } from 'streamdown';

const documents = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const render = (markdown) =>
  renderToStaticMarkup(createElement(Markdown, { remarkPlugins: [remarkGfm] }, markdown));
// White space between elements does not show.
const normal = (html) => html.replace(/>\s+/g, '>').replace(/\s+</g, '<').trim();

let equal = 0;
for (const text of documents) {
  const inBlocks = parseMarkdownIntoBlocks(text).map(render).join('\n');
  if (normal(inBlocks) === normal(render(text))) equal += 1;
}
console.log((100 * equal) / documents.length);
