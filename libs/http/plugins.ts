import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';

/** The longest form of ours, in bytes. */
const FORM_LIMIT = 64 * 1024;

const prepared = new WeakSet<FastifyInstance>();

/** Lets a server read posted forms and set cookies, for every room of it that needs to; a second room changes nothing. */
export function takesForms(fastify: FastifyInstance): void {
  if (prepared.has(fastify)) return;
  prepared.add(fastify);
  void fastify.register(cookie);
  void fastify.register(formbody, { bodyLimit: FORM_LIMIT });
}
