import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { StreamKind } from '#domain';
import { aggregates, isIdOf, kindOfCollection } from '#domain';
import { AccessControl } from './access-control';
import type { Admitted } from './access-control';
import { passedDoorkeepers } from './from-here.guard';
import { LocalRequests } from './local-requests.guard';
import { RegistrySettings } from './settings';

interface Asked {
  readonly kind: StreamKind;
  readonly command: string;
  /** Undefined for a command that opens a stream. */
  readonly id: string | undefined;
}

/**
 * Lets a command pass that its sender may send, before anything else is said about it, and remembers as whom it acts. Where nobody can sign in, it takes commands from this machine
 * alone, in the name of whoever sits at it.
 */
@Injectable()
export class CommandsGuard implements CanActivate {
  constructor(
    private readonly modules: ModuleRef,
    private readonly local: LocalRequests,
    private readonly access: AccessControl,
    private readonly settings: RegistrySettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!this.access.signsIn) {
      this.access.remember(request, this.access.local);
      return this.local.canActivate(context);
    }
    if (!(await passedDoorkeepers(this.settings, this.modules, context))) return false;
    const asked = askedBy(request.params as Readonly<Record<string, string>>);
    // What there is no command for is answered with 404, whoever asks.
    if (asked) this.access.remember(request, await this.admit(request, asked));
    return true;
  }

  private async admit(request: FastifyRequest, { kind, command, id }: Asked): Promise<Admitted> {
    const body: unknown = request.body;
    const data: unknown = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined;
    return this.access.demandCommand(request, { kind, id, command, data });
  }
}

/** What the path asks for; undefined where there is no such command. */
function askedBy({ collection = '', id, command }: Readonly<Record<string, string>>): Asked | undefined {
  const kind = kindOfCollection(collection);
  if (!kind) return undefined;
  const { openings, commands } = aggregates[kind];
  if (id === undefined) {
    const name = command ?? openings[0];
    return name !== undefined && openings.includes(name) ? { kind, command: name, id: undefined } : undefined;
  }
  return command !== undefined && commands.has(command) && isIdOf(kind, id) ? { kind, command, id } : undefined;
}
