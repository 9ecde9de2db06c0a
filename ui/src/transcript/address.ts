/** An address taken apart, so that its true host can stand out. */
export interface Address {
  before: string;
  /** As it is asked for: punycode for anything but plain letters. */
  host: string;
  after: string;
  /** It points to this computer or its own network. */
  local: boolean;
}

const LOCAL_NAME = /(^|\.)(localhost|local|internal|home\.arpa)$/;
const LOCAL_IPV4 = /^(?=(\d+\.){3}\d+$)(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./;
const LOCAL_IPV6 = /^\[(::1|::|::ffff:|f[cd]|fe[89ab])/;

/** Null for what is no absolute address. */
export function readAddress(text: string): Address | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const { protocol, host, hostname } = url;
  if (host === '')
    return { before: `${protocol}`, host: '', after: url.href.slice(protocol.length), local: false };
  const at = url.href.indexOf(host, protocol.length);
  return {
    before: url.href.slice(0, at),
    host,
    after: url.href.slice(at + host.length),
    local: LOCAL_NAME.test(hostname) || LOCAL_IPV4.test(hostname) || LOCAL_IPV6.test(hostname),
  };
}
