// oidc-provider as a person would set it up for native apps, on a port of the system's choice.
//
// Prints {"issuer"} once it listens. A line "rotate" on the standard input gives it a new signing key,
// while sessions and grants stay; it answers "rotated". It ends when its standard input ends.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';

// Its notices go where its warnings go: the standard output is for the test alone.
console.info = console.warn;

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const BOOKS = createMemoryAdapter();
const COOKIE_KEYS = [randomUUID()];

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

function provider(issuer, key) {
  return new Provider(issuer, {
    adapter: BOOKS,
    clients: [
      {
        client_id: 'native-client',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token', DEVICE_GRANT],
        redirect_uris: [
          'http://127.0.0.1/redirect',
          'http://[::1]/redirect',
          'org.example.app:/redirect',
        ],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: COOKIE_KEYS },
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `Person ${id}` }) }),
    features: {
      deviceFlow: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
    },
  });
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  let handle = provider(issuer, signingKey()).callback();
  server.on('request', (request, response) => handle(request, response));
  console.log(JSON.stringify({ issuer }));

  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (line === 'rotate') {
      handle = provider(issuer, signingKey()).callback();
      console.log('rotated');
    }
  });
  lines.on('close', () => process.exit(0));
});
