import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Configuration } from 'openid-client';
import type { ExternalProof } from './external-identities';
import type { AccessKey } from './secrets';
import { isLoopback } from './settings';
import type { OpenIdSettings } from './settings';

const PURPOSE = 'openid-attempt';
const LASTS_MS = 10 * 60_000;
const TIMEOUT_SECONDS = 10;

/** The provider did not vouch for anybody; `cause` says why, for the log. Nothing of it is for the one who asked. */
export class OpenIdFailed extends Error {
  constructor(
    readonly reason: 'unreachable' | 'refused',
    options?: ErrorOptions,
  ) {
    super(
      reason === 'unreachable'
        ? 'The OpenID provider cannot be reached or is not one. Check OPENID_ISSUER and the network.'
        : 'The OpenID provider’s answer does not prove who signed in.',
      options,
    );
    this.name = 'OpenIdFailed';
  }
}

/** What a browser keeps between going to the provider and coming back, sealed. */
interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
  readonly endsAt: number;
}

/** Signing in at an OpenID Connect provider: authorization code with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 9700). */
export class OpenIdProvider {
  private found: Promise<Configuration> | undefined;

  constructor(
    private readonly settings: OpenIdSettings,
    private readonly key: AccessKey,
    private readonly clock: () => number,
  ) {}

  /** What the button says. */
  get name(): string {
    return this.settings.name;
  }

  /** The issuer as links name it. */
  get issuer(): string {
    return this.settings.issuer.href.replace(/\/$/, '');
  }

  /** Where to send the browser, and what it keeps in a cookie until it comes back. Throws OpenIdFailed. */
  async begin(redirectUri: string, returnTo: string): Promise<{ readonly url: URL; readonly kept: string }> {
    const configuration = await this.configuration();
    const attempt: Attempt = {
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
      returnTo,
      endsAt: this.clock() + LASTS_MS,
    };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid email',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    return { url, kept: this.key.seal(JSON.stringify(attempt), PURPOSE, redirectUri) };
  }

  /** Who came back, proven by a signed id token; `address` is where the browser came back to, with everything behind it. Throws OpenIdFailed. */
  async finish(address: URL, kept: string): Promise<{ readonly proof: ExternalProof; readonly returnTo: string }> {
    const redirectUri = address.origin + address.pathname;
    const opened = this.key.open(kept, PURPOSE, redirectUri);
    const attempt = opened === undefined ? undefined : (JSON.parse(opened) as Attempt);
    if (!attempt || attempt.endsAt <= this.clock()) throw new OpenIdFailed('refused');
    const configuration = await this.configuration();
    try {
      const tokens = await authorizationCodeGrant(configuration, address, {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('The provider gave no id token.');
      // Providers may keep the address for their userinfo endpoint (OpenID Connect Core 1.0 §5.4); its subject is compared too.
      const told =
        claims.email === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
          ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : claims;
      const { email, email_verified: verified } = told;
      const verifiedEmail = verified === true && typeof email === 'string' ? { verifiedEmail: email } : {};
      const proof = { issuer: this.issuer, subject: claims.sub, ...verifiedEmail };
      return { proof, returnTo: attempt.returnTo };
    } catch (error) {
      throw new OpenIdFailed('refused', { cause: error });
    }
  }

  /** The provider's own description of itself, asked for once; after a failure again. */
  private async configuration(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    this.found ??= discovery(issuer, clientId, clientSecret, undefined, {
      // The signature is checked, though the token comes straight from the provider: one proof more in the same answer.
      execute: [enableNonRepudiationChecks, ...(isLoopback(issuer) ? [allowInsecureRequests] : [])],
      timeout: TIMEOUT_SECONDS,
    });
    try {
      return await this.found;
    } catch (error) {
      this.found = undefined;
      throw new OpenIdFailed('unreachable', { cause: error });
    }
  }
}
