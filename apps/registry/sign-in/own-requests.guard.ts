import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { failed } from '#http';
import { SignInPlace } from './options';
import { Visits } from './visit';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * For the JSON API: whoever comes with a session must show by the header X-Form-Token that a page of ours sent the request, for browsers send the session's
 * cookie along whoever asks them to. A program's token is sent by nobody but the program, and needs no more.
 */
@Injectable()
export class OwnRequests implements CanActivate {
  constructor(
    private readonly place: SignInPlace,
    private readonly visits: Visits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (SAFE.has(request.method)) return true;
    const who = await this.place.signIn.identification.identify(request);
    if (who?.by !== 'session') return true;
    const token = request.headers['x-form-token'];
    if (typeof token === 'string' && this.visits.isOwn(request, token)) return true;
    throw failed(
      'forged-request',
      'Send the header X-Form-Token with the token of the page the request comes from, or use an API token instead of a session.',
    );
  }
}
