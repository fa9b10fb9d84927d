import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Witness, WitnessAnswer } from '#transparency-log';

/** A checkpoint with many signatures and the longest proof is far shorter. */
const MOST_BYTES = 256 * 1024;
const PATIENCE_MS = 10_000;
const MOST_CONNECTIONS = 256;

const TEXT = 'text/plain; charset=utf-8';

export interface WitnessService {
  /** The address it is asked at, without `/add-checkpoint`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a witness over HTTP (C2SP tlog-witness). TLS is for a proxy in front of it; nothing here is secret, and what is asked is signed. */
export async function serveWitness(witness: Witness, host: string, port: number, onAnswer: (answer: WitnessAnswer) => void): Promise<WitnessService> {
  const server = createServer({ requestTimeout: PATIENCE_MS, headersTimeout: PATIENCE_MS, maxHeaderSize: 8192 }, (request, response) => {
    answer(witness, request, response, onAnswer).catch((error: unknown) => {
      // Its memory could not be written: it must not have cosigned, and has not.
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      if (!response.headersSent) end(response, 500, TEXT, 'The witness cannot write down what it cosigns. Ask again later.\n');
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  const bound = await listening(server, host, port);
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, close: () => closed(server) };
} // prettier-ignore

async function answer(witness: Witness, request: IncomingMessage, response: ServerResponse, onAnswer: (answer: WitnessAnswer) => void): Promise<void> {
  if (!/\/add-checkpoint$/.test((request.url ?? '').replace(/\?.*$/, ''))) return end(response, 404, TEXT, 'This is a witness of transparency logs. Send a checkpoint to /add-checkpoint.\n');
  if (request.method !== 'POST') return end(response, 405, TEXT, 'Send a checkpoint with POST.\n', { allow: 'POST' });
  const body = await bodyOf(request);
  if (body === undefined) return end(response, 413, TEXT, `A request has at most ${MOST_BYTES} bytes.\n`, { connection: 'close' });
  const found = witness.addCheckpoint(body);
  onAnswer(found);
  switch (found.status) {
    case 200:
      return end(response, 200, TEXT, found.cosignature);
    case 409:
      return end(response, 409, 'text/x.tlog.size', `${found.size}\n`);
    default:
      return end(response, found.status, TEXT, `${found.code}: ${found.message}\n`);
  }
} // prettier-ignore

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function end(response: ServerResponse, status: number, type: string, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store', ...headers }).end(body);
} // prettier-ignore

function listening(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
