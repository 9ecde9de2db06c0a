// openid-client.mjs ISSUER CLIENT_ID SCOPES REDIRECT_URI: over and over, prints an authorization URL,
// reads the redirect that came of it, and prints the milliseconds from there to verified claims.
import { createInterface } from 'node:readline/promises';
import * as oidc from 'openid-client';

const [issuer, clientId, scope, redirect_uri] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const discover = () =>
  oidc.discovery(new URL(issuer), clientId, undefined, oidc.None(), {
    execute: [oidc.allowInsecureRequests],
  });

for (;;) {
  // A configuration of its own each time: one that has not seen the provider's keys.
  const config = await discover();
  // Without this the claims are taken on trust in TLS, and no key is fetched.
  oidc.enableNonRepudiationChecks(config);
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const expectedState = oidc.randomState();
  const expectedNonce = oidc.randomNonce();
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri,
    scope,
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  console.log(url.href);
  const { value, done } = await lines.next();
  if (done) break;
  const started = performance.now();
  const checks = { pkceCodeVerifier, expectedState, expectedNonce };
  const tokens = await oidc.authorizationCodeGrant(config, new URL(value), checks);
  if (!tokens.claims()?.sub) throw new Error('no claims');
  console.log(performance.now() - started);
}
