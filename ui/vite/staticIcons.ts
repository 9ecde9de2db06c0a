import type { Plugin } from 'vite';

const ICON = /@lucide\/svelte\/dist\/icons\/[^/]+\.svelte$/;
const DRAWING = /const iconData = (\{.*\});/;

interface Drawing {
  /** The side of its square. */
  size: number;
  node: [tag: string, attributes: Record<string, string>][];
}

/**
 * The component of one icon, from the source of Lucide's. It takes what icons are given in this page:
 * `size`, `strokeWidth`, `fill` and `class`. The class `line-icon` says how its lines end.
 */
export function staticIcon(source: string): string {
  const found = DRAWING.exec(source)?.[1];
  if (found === undefined) throw new Error('no drawing in this icon: has Lucide changed its components?');
  const drawing = JSON.parse(found) as Drawing;
  const shapes = drawing.node.map(([tag, attributes]) => {
    const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
    return `<${tag}${written.join('')}/>`;
  });
  return `<script>
  const { size = ${drawing.size}, strokeWidth = 2, fill = 'none', class: given } = $props();
</script>

<svg class={['line-icon', given]} width={size} height={size} viewBox="0 0 ${drawing.size} ${drawing.size}"
  {fill} stroke-width={strokeWidth} aria-hidden="true">${shapes.join('')}</svg>
`;
}

/**
 * Makes templates of Lucide's icons when the page is built. Its own components put each together when it is
 * drawn, element by element, with all that an icon could be given.
 */
export function staticIcons(): Plugin {
  return {
    name: 'static-icons',
    enforce: 'pre',
    transform: { filter: { id: ICON }, handler: (source) => staticIcon(source) },
  };
}
