import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { failed } from '#http';

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Until sign-in arrives, files and sealed applications come from this machine alone: from its programs, or from a page that this very server gave
 * out. A page from elsewhere has another origin, also where its name leads here (DNS rebinding).
 */
@Injectable()
export class OwnRequests implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers, ip, protocol } = context.switchToHttp().getRequest<FastifyRequest>();
    const site = headers['sec-fetch-site'] ?? 'none';
    const own =
      headers.origin === undefined
        ? site === 'none' || site === 'same-origin'
        : headers.origin === `${protocol}://${headers.host}` && site === 'same-origin';
    if (LOCAL.test(headers.host ?? '') && /^(127\.|::1$|::ffff:127\.)/.test(ip) && own) return true;
    throw failed(
      'not-from-a-page',
      'Until sign-in arrives, this is taken from programs and pages on this machine only, and from no page of another site.',
    );
  }
}
