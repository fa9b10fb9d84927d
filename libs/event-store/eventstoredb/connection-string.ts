import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type {
  ChannelCredentialOptions,
  Credentials,
  DNSClusterOptions,
  EndPoint,
  GossipClusterOptions,
  SingleNodeOptions,
} from '@eventstore/db-client';
import { Misconfigured } from '../errors';

/** What the client is made from. */
export interface Connection {
  readonly nodes: SingleNodeOptions | GossipClusterOptions | DNSClusterOptions;
  readonly channel: ChannelCredentialOptions;
  readonly credentials: Credentials | undefined;
  /** Hosts and ports, for messages; without credentials. */
  readonly where: string;
}

const DEFAULT_PORT = 2113;
const SHAPE = /^(?<protocol>[a-z+]+):\/\/(?:(?<credentials>[^@/?]*)@)?(?<hosts>[^/?@]*)\/?(?:\?(?<options>.*))?$/;
const HOST = /^(?<address>[A-Za-z0-9._-]+)(?::(?<port>\d{1,5}))?$/;

const numbers = {
  maxdiscoverattempts: 'maxDiscoverAttempts',
  discoveryinterval: 'discoveryInterval',
  gossiptimeout: 'gossipTimeout',
  keepaliveinterval: 'keepAliveInterval',
  keepalivetimeout: 'keepAliveTimeout',
} as const;

const ALLOWED = ['tls', 'tlsCAFile', 'userCertFile', 'userKeyFile', 'connectionName', ...Object.values(numbers)].join(
  ', ',
);

/** Options other clients know and that would be without effect, or harmful, here. */
const refused: Record<string, string> = {
  tlsverifycert: 'this client always verifies the certificate; name the authority that signed it with tlsCAFile',
  throwonappendfailure: 'the registry must learn of every append that failed',
  defaultdeadline: 'the registry sets its own time limits',
  nodepreference: 'the log is written and read at the leader of the cluster',
};

/**
 * Reads a connection string such as `esdb://admin:changeit@db1:2113,db2:2113,db3:2113?tlsCAFile=/etc/ca.crt`. Stricter than the client's own
 * reading, which passes over options it does not know and drops credentials when TLS is off. Throws Misconfigured, never showing the password.
 */
export function parseConnectionString(text: string): Connection {
  const parts = SHAPE.exec(text.trim())?.groups;
  if (!parts) {
    wrong(
      'it has not the shape esdb://user:password@host:2113?tls=true (special characters in a password are written as %XX)',
    );
  }
  const { protocol, credentials, hosts = '', options = '' } = parts;
  if (protocol !== 'esdb' && protocol !== 'esdb+discover') {
    wrong(
      `it starts with "${protocol}://"; allowed are esdb:// and esdb+discover:// (KurrentDB answers to them as well)`,
    );
  }
  const endpoints = hosts.split(',').map(parseHost);
  const { tls, files, settings } = parseOptions(options);
  if (credentials && !tls) {
    wrong(
      'it has credentials and tls=false, and the client sends none without TLS; leave the credentials out, or use TLS',
    );
  }
  if (!tls && Object.keys(files).length > 0)
    wrong('it names certificates and tls=false; leave the certificates out, or use TLS');
  return {
    nodes: { ...nodesOf(protocol, endpoints), ...settings, throwOnAppendFailure: true },
    channel: { insecure: !tls, ...files },
    credentials: credentials === undefined ? undefined : parseCredentials(credentials),
    where: endpoints.map(({ address, port }) => `${address}:${port}`).join(', '),
  };
}

function nodesOf(protocol: string, endpoints: EndPoint[]): Connection['nodes'] {
  const [first] = endpoints;
  if (!first) wrong('it names no host');
  if (protocol === 'esdb+discover') {
    if (endpoints.length > 1) wrong('esdb+discover:// takes one host name, whose DNS entry leads to the nodes');
    return { discover: first };
  }
  return endpoints.length > 1 ? { endpoints } : { endpoint: first };
}

function parseHost(text: string): EndPoint {
  const parts = HOST.exec(text.trim())?.groups;
  const port = parts?.port === undefined ? DEFAULT_PORT : Number(parts.port);
  if (!parts?.address || port < 1 || port > 65_535) {
    wrong(`"${text}" is no host; write host or host:port, several with commas between them`);
  }
  return { address: parts.address, port };
}

function parseCredentials(text: string): Credentials {
  const colon = text.indexOf(':');
  try {
    const username = decodeURIComponent(text.slice(0, colon));
    const password = decodeURIComponent(text.slice(colon + 1));
    if (colon > 0 && username && password) return { username, password };
  } catch {
    // A stray % is the same mistake as a missing colon: the message is the same.
  }
  wrong('what stands before the @ is not user:password (special characters are written as %XX)');
}

interface Options {
  tls: boolean;
  files: { rootCertificate?: Buffer; userCertFile?: Buffer; userKeyFile?: Buffer };
  settings: Partial<Record<(typeof numbers)[keyof typeof numbers], number>> & { connectionName?: string };
}

function parseOptions(text: string): Options {
  const options: Options = { tls: true, files: {}, settings: {} };
  for (const [name, value] of new URLSearchParams(text)) readOption(options, name, value);
  if (!options.files.userCertFile !== !options.files.userKeyFile) wrong('userCertFile and userKeyFile go together');
  return options;
}

function readOption(options: Options, name: string, value: string): void {
  const known = name.toLowerCase().replace(/[_-]/g, '');
  switch (known) {
    case 'tls':
      if (value !== 'true' && value !== 'false') wrong(`tls is "${value}"; allowed are true and false`);
      options.tls = value === 'true';
      return;
    case 'tlscafile':
      options.files.rootCertificate = readCertificate('tlsCAFile', value);
      return;
    case 'usercertfile':
      options.files.userCertFile = readCertificate('userCertFile', value);
      return;
    case 'userkeyfile':
      options.files.userKeyFile = readCertificate('userKeyFile', value);
      return;
    case 'connectionname':
      options.settings.connectionName = value;
      return;
    default:
      break;
  }
  const reason = refused[known];
  if (reason) wrong(`the option ${name} cannot be used: ${reason}`);
  if (!isNumberOption(known)) wrong(`the option "${name}" is unknown; known are ${ALLOWED}`);
  if (!/^\d{1,9}$/.test(value) || Number(value) < 1) wrong(`${name} is "${value}"; allowed is a whole number from 1`);
  options.settings[numbers[known]] = Number(value);
}

function isNumberOption(name: string): name is keyof typeof numbers {
  return Object.hasOwn(numbers, name);
}

function readCertificate(option: string, path: string): Buffer {
  try {
    return readFileSync(resolve(path));
  } catch (error) {
    wrong(`${option} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function wrong(reason: string): never {
  throw new Misconfigured(`The connection string for EventStoreDB (EVENTSTOREDB_URL) cannot be used: ${reason}.`);
}
