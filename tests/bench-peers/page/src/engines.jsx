import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import * as smd from 'streaming-markdown';
import { Streamdown } from 'streamdown';
import { applyPatch } from '../../../../ui/src/transcript/applyPatch.ts';

const { Channel, invoke } = window.__TAURI__.core;

/** The product: patches made in Rust, through a channel, applied by the product's own code. */
export function ours(timed, root, piecesPerMessage) {
  return new Promise((resolve, reject) => {
    const channel = new Channel();
    channel.onmessage = ({ patches, last }) => {
      for (const ops of patches) timed(() => applyPatch(root, ops));
      if (last) resolve();
    };
    invoke('stream', { piecesPerMessage, channel }).catch(reject);
  });
}

/** A React component that is given the whole text so far with every piece. */
function react(component) {
  return (root) => {
    const tree = createRoot(root);
    let text = '';
    return {
      push(piece) {
        text += piece;
        flushSync(() => tree.render(component(text)));
      },
      end() {},
    };
  };
}

/** Blocks that are complete are kept; the last is parsed, sanitised and set anew with every piece. */
function markedByBlocks(root) {
  let tail = '';
  let open = root.appendChild(document.createElement('div'));
  const set = (markdown) => {
    open.innerHTML = DOMPurify.sanitize(marked.parse(markdown));
  };
  return {
    push(piece) {
      tail += piece;
      const tokens = marked.lexer(tail);
      while (tokens.length > 2) {
        const { raw } = tokens.shift();
        set(raw);
        open = root.appendChild(document.createElement('div'));
        tail = tail.slice(raw.length);
      }
      set(tail);
    },
    end() {},
  };
}

function streamingMarkdown(root) {
  const parser = smd.parser(smd.default_renderer(root));
  return {
    push: (piece) => smd.parser_write(parser, piece),
    end: () => smd.parser_end(parser),
  };
}

/** The peers, by the name that the bench calls them. */
export const engines = {
  'react-markdown': react((text) => (
    <ReactMarkdown remarkPlugins={[remarkGfm]}>{text}</ReactMarkdown>
  )),
  streamdown: react((text) => <Streamdown>{text}</Streamdown>),
  'marked-blocks': markedByBlocks,
  smd: streamingMarkdown,
};
