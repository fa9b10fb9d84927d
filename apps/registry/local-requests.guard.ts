import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { failed } from '#http';

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Where nobody signs in, commands come from this machine alone and never from a web page: a page elsewhere could otherwise post to it through the
 * officer's browser, by its address or by a name that leads to it (DNS rebinding).
 */
@Injectable()
export class LocalRequests implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers, ip } = context.switchToHttp().getRequest<FastifyRequest>();
    const fromPage = headers.origin !== undefined || (headers['sec-fetch-site'] ?? 'none') !== 'none';
    if (LOCAL.test(headers.host ?? '') && /^(127\.|::1$|::ffff:127\.)/.test(ip) && !fromPage) return true;
    throw failed(
      'not-from-a-page',
      'Where nobody signs in, the command API takes requests from programs on this machine only.',
    );
  }
}
