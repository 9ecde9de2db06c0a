/** How many ports a list may have: each is tried in turn. */
const MOST = 10;

/**
 * Ports as a person types them, separated by commas or spaces.
 *
 * @returns null where one is no port that a program of a person may listen on, or is there twice.
 */
export function readPorts(text: string): number[] | null {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const ports = words.map((word) => (/^\d{1,5}$/.test(word) ? Number(word) : 0));
  const usable = ports.every((port) => port >= 1024 && port <= 65_535);
  const once = new Set(ports).size === ports.length;
  return usable && once && ports.length > 0 && ports.length <= MOST ? ports : null;
}

/** The id that the host makes of a provider's name; its redirects end with it. */
export function providerPath(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** What to register: without ports the one address of which the port may differ (RFC 8252, section 7.3). */
export function redirectAddresses(name: string, ports: readonly number[] | null): string[] {
  const path = `/redirect/${providerPath(name)}`;
  return ports === null
    ? [`http://127.0.0.1${path}`]
    : ports.map((port) => `http://127.0.0.1:${port}${path}`);
}
