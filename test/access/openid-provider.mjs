// A real OpenID provider for one test file: prints its issuer, and goes away when its input ends. A process of its own, because jest cannot load it.
// `--wrong-keys`: it publishes other keys than it signs with, as a provider would that somebody stands in for.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const people = {
  luca: { email: 'luca@example.org', email_verified: true },
  eve: { email: 'luca@example.org', email_verified: false },
};

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'registry',
      client_secret: 'a-secret-for-this-test-alone',
      // Native, so that the port may differ from run to run (RFC 8252 §7.3).
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/sign-in/openid/return'],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  cookies: { keys: ['for-this-test-alone'] },
});
if (process.argv.includes('--wrong-keys')) {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n, e } = publicKey.export({ format: 'jwk' });
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path === '/jwks')
      ctx.body = { keys: ctx.body.keys.map((key) => (key.kty === 'RSA' ? { ...key, n, e } : key)) };
  });
}
server.on('request', provider.callback());
console.log(issuer);

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
