import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { failed } from '#http';
import { AccessControl } from './access-control';
import { RegistrySettings } from './settings';

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * That no page elsewhere sent a request, for what is no command: files and sealed applications. Where people can sign in, the doorkeepers say so; where nobody can, a request comes from this machine
 * alone: from its programs, or from a page that this very server gave out. A page from elsewhere has another origin, also where its name leads here (DNS rebinding). What the sender may do is asked
 * afterwards, by each route.
 */
@Injectable()
export class FromHere implements CanActivate {
  constructor(
    private readonly modules: ModuleRef,
    private readonly access: AccessControl,
    private readonly settings: RegistrySettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.access.signsIn) return passedDoorkeepers(this.settings, this.modules, context);
    const { headers, ip, protocol } = context.switchToHttp().getRequest<FastifyRequest>();
    const site = headers['sec-fetch-site'] ?? 'none';
    const own =
      headers.origin === undefined
        ? site === 'none' || site === 'same-origin'
        : headers.origin === `${protocol}://${headers.host}` && site === 'same-origin';
    if (LOCAL.test(headers.host ?? '') && /^(127\.|::1$|::ffff:127\.)/.test(ip) && own) return true;
    throw failed(
      'not-from-a-page',
      'Where nobody signs in, this is taken from programs and pages on this machine only, and from no page of another site.',
    );
  }
}

/** Asks every doorkeeper; each throws, or answers false, for a request that must not pass. */
export async function passedDoorkeepers(
  { doorkeepers = [] }: RegistrySettings,
  modules: ModuleRef,
  context: ExecutionContext,
): Promise<boolean> {
  for (const doorkeeper of doorkeepers)
    if ((await modules.get(doorkeeper, { strict: false }).canActivate(context)) !== true) return false;
  return true;
}
