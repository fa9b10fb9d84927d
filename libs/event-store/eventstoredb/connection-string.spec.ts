import { Misconfigured } from '../errors';
import { parseConnectionString } from './connection-string';

describe('the connection string', () => {
  test('of one node', () => {
    expect(parseConnectionString('esdb://db.example.org:2114?tls=false')).toMatchObject({
      nodes: { endpoint: { address: 'db.example.org', port: 2114 }, throwOnAppendFailure: true },
      channel: { insecure: true },
      credentials: undefined,
      where: 'db.example.org:2114',
    });
  });

  test('of a cluster, with credentials and settings', () => {
    const text = 'esdb://admin:p%40ss%3Aword@db1,db2:2115/?tls=true&keepAliveInterval=15000&connection_name=registry';
    expect(parseConnectionString(text)).toMatchObject({
      nodes: {
        endpoints: [
          { address: 'db1', port: 2113 },
          { address: 'db2', port: 2115 },
        ],
        keepAliveInterval: 15_000,
        connectionName: 'registry',
      },
      channel: { insecure: false },
      credentials: { username: 'admin', password: 'p@ss:word' },
    });
  });

  test('of a cluster found by its DNS name', () => {
    expect(parseConnectionString('esdb+discover://cluster.example.org').nodes).toMatchObject({
      discover: { address: 'cluster.example.org', port: 2113 },
    });
  });

  test.each([
    ['', /not the shape/],
    ['localhost:2113', /not the shape/],
    ['http://localhost:2113', /starts with "http:\/\/"; allowed are esdb:\/\/ and esdb\+discover:\/\//],
    ['kurrentdb://localhost', /KurrentDB answers to them as well/],
    ['esdb://', /no host/],
    ['esdb://db:99999', /"db:99999" is no host/],
    ['esdb://db1,,db2', /"" is no host/],
    ['esdb+discover://db1,db2', /takes one host name/],
    ['esdb://admin@db', /not user:password/],
    ['esdb://admin:100%@db', /not user:password/],
    ['esdb://admin:changeit@db?tls=false', /credentials and tls=false/],
    ['esdb://db?tls=no', /tls is "no"; allowed are true and false/],
    ['esdb://db?tlsVerifyCert=false', /tlsVerifyCert cannot be used: .* tlsCAFile/],
    ['esdb://db?throwOnAppendFailure=false', /must learn of every append that failed/],
    ['esdb://db?nodePreference=follower', /at the leader/],
    ['esdb://db?keepAliveInterval=soon', /keepAliveInterval is "soon"; allowed is a whole number/],
    ['esdb://db?timeout=5', /"timeout" is unknown; known are tls, /],
    ['esdb://db?tlsCAFile=/nowhere/ca.crt', /tlsCAFile cannot be read: .*ENOENT/],
    [`esdb://db?userCertFile=${__filename}`, /go together/],
    [`esdb://db?tls=false&tlsCAFile=${__filename}`, /certificates and tls=false/],
  ])('"%s" is refused, with what is wrong', (text, reason) => {
    expect(() => parseConnectionString(text)).toThrow(Misconfigured);
    expect(() => parseConnectionString(text)).toThrow(/EVENTSTOREDB_URL/);
    expect(() => parseConnectionString(text)).toThrow(reason);
  });

  test.each(['esdb://admin:secret word@db?tls=false', 'esdb://admin:secret@a b', 'esdb://admin:secret@db?x=1'])(
    'is refused without showing the password',
    (text) => {
      expect(() => parseConnectionString(text)).toThrow(Misconfigured);
      expect(() => parseConnectionString(text)).not.toThrow(/secret/);
    },
  );
});
