import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Profile } from '#domain';
import { adapter, describeApi, hardened, problemPages, problemWriter } from '#http';
import type { ApiPart } from '#http';
import { CannotListen } from './failures';
import type { Variable } from './settings';

/** The HTTP server below Nest. */
export type HttpServer = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

/** Where to listen, and which variables say so. */
export interface Where {
  readonly host: string;
  readonly port: number;
  readonly variables: { readonly host: Variable; readonly port: Variable };
  /** Proxies whose X-Forwarded-… headers are believed: addresses or networks (CIDR). None where left out. */
  readonly trustedProxies?: readonly string[];
}

/** A room of the house as it takes part in a server: its module and what it adds to the description of the API. */
export interface Room {
  readonly module: DynamicModule;
  readonly api?: ApiPart;
  /** What it needs of the HTTP server before its routes are made: plugins, parsers of bodies. */
  readonly prepare?: (server: HttpServer) => Promise<void>;
  /** What it asks itself before anybody else can, so that nobody waits for what is made at its first use. */
  readonly warm?: (ask: (address: string) => Promise<unknown>) => Promise<void>;
}

export interface Served {
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Answers the requests under way, for a few seconds at most, and takes no more. */
  close(): Promise<void>;
}

/** Requests under way may take so long after a stop is asked for; then their connections are cut. */
const FINISH_MS = 5_000;

@Module({})
class Server {}

/** Rooms as an application that does not listen yet, with everything that is the same for each: problem documents and pages, headers. */
export async function prepared(
  rooms: readonly Room[],
  profile: Profile,
  trustedProxies?: readonly string[],
): Promise<NestFastifyApplication> {
  const app = hardened(
    await NestFactory.create<NestFastifyApplication>(
      { module: Server, imports: [...rooms.map(({ module }) => module), problemPages(profile)] },
      adapter(trustedProxies),
      { logger: ['error', 'warn'], abortOnError: false, bodyParser: false },
    ),
    problemWriter(profile),
  );
  for (const { prepare } of rooms) await prepare?.(app.getHttpAdapter().getInstance());
  return app;
}

/** Serves rooms over HTTP, with the description of the API. */
export async function serve(rooms: readonly Room[], where: Where, profile: Profile): Promise<Served> {
  const app = await prepared(rooms, profile, where.trustedProxies);
  const parts = rooms.flatMap(({ api }) => api ?? []);
  if (parts.length > 0) describeApi(app, parts);
  try {
    await app.init();
    await warmed(app, rooms);
    // Not by Nest's own listen, which writes a stack trace before it throws.
    await app.getHttpAdapter().getInstance().listen({ host: where.host, port: where.port });
  } catch (error) {
    await app.close();
    throw cannotListen(error, where);
  }
  return { url: urlOf(where.host, portOf(app, where)), app, close: () => closed(app) };
}

/** As a browser would ask, which takes pages packed. */
async function warmed(app: NestFastifyApplication, rooms: readonly Room[]): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  const headers = { host: 'localhost', 'accept-encoding': 'br' };
  for (const { warm } of rooms) await warm?.((url) => server.inject({ url, headers }));
}

function portOf(app: NestFastifyApplication, { port }: Where): number {
  const address: unknown = app.getHttpServer().address();
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : port;
}

/** Where to look from this machine for who listens on a host and port. */
export function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

async function closed(app: NestFastifyApplication): Promise<void> {
  const cut = setTimeout(() => app.getHttpServer().closeAllConnections(), FINISH_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

/** Why nothing can listen there, and which variable to change. Other errors come back as they were. */
function cannotListen(error: unknown, { host, port, variables }: Where): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const say = (what: string): CannotListen => new CannotListen(what, { cause: error });
  switch (error.code) {
    case 'EADDRINUSE':
      return say(
        `Port ${port} of ${host} is in use: another program listens there. Stop it, or set ${variables.port} to another port.`,
      );
    case 'EACCES':
      return say(
        `This user may not listen on port ${port} of ${host}. Set ${variables.port} to a port from 1024, or allow it.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return say(`${host} is no address of this machine. Set ${variables.host} to one that is.`);
    default:
      return error;
  }
}
