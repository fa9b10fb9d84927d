import { Body, Controller, Headers, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { StreamKind } from '#domain';
import { aggregates, isIdOf, kindOfCollection, streamKinds, streamName } from '#domain';
import { RequestFailed, failed, refusalProblem, validation } from '#http';
import type { Recorded } from '#recording';
import { AccessControl } from './access-control';
import type { Admitted } from './access-control';
import { CommandsGuard } from './commands.guard';
import { EntryDto } from './entry.dto';
import { newStreamId } from './new-stream-id';
import { RecordEntry } from './record-entry';
import { RegistrySettings } from './settings';

const KEY = /^[\x21-\x7e]{1,128}$/;
const REVISION = /^"(\d{1,9})"$/;

/** What an accepted command answers, beside the id under the name of its kind: `"asset"`, `"organisation"` … */
interface Acknowledgement {
  readonly [kind: string]: string | number;
  /** Id of the entry, by which later ones name it: an approval its proposal, a correction what it corrects. */
  readonly entry: string;
  readonly revision: number;
  /** Position in the log; a query with `after` set to it sees this entry. */
  readonly position: number;
}

interface Target {
  readonly kind: StreamKind;
  readonly id: string;
}

/**
 * Records entries: `POST /api/v1/{collection}` opens a dossier, an organisation, …, `POST /api/v1/{collection}/{id}/{command}` adds to it. Where a kind of stream
 * can be opened in several ways, `POST /api/v1/{collection}/{command}` says which. Every route follows from the domain's acts,
 * and so does its description (description.ts).
 */
@ApiExcludeController()
@Controller('api/v1')
@UseGuards(CommandsGuard)
export class CommandsController {
  constructor(
    private readonly bus: CommandBus,
    private readonly settings: RegistrySettings,
    private readonly access: AccessControl,
  ) {}

  @Post(':collection')
  async open(
    @Param('collection') collection: string,
    @Body(validation('body')) entry: EntryDto,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Acknowledgement> {
    const kind = kindOf(collection);
    return this.opened(kind, aggregates[kind].openings[0] ?? '', entry, key, this.access.admittedBy(request), reply);
  }

  @Post(':collection/:command')
  async openBy(
    @Param('collection') collection: string,
    @Param('command') command: string,
    @Body(validation('body')) entry: EntryDto,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Acknowledgement> {
    const kind = kindOf(collection);
    const { openings } = aggregates[kind];
    if (!openings.includes(command))
      throw failed('not-found', `Only these commands open something here: ${openings.join(', ')}.`);
    return this.opened(kind, command, entry, key, this.access.admittedBy(request), reply);
  }

  @Post(':collection/:id/:command')
  async add(
    @Param('collection') collection: string,
    @Param('id') id: string,
    @Param('command') command: string,
    @Body(validation('body')) entry: EntryDto,
    @Headers('idempotency-key') key: string | undefined,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Acknowledgement> {
    const kind = kindOf(collection);
    if (!isIdOf(kind, id))
      throw failed('not-found', `"${id}" is no registry id. Check it: its last character guards against mistyping.`);
    const { commands, openings } = aggregates[kind];
    // Nobody chooses the id of an account: one identity has one account.
    if (kind === 'account' && openings.includes(command))
      throw failed(
        'not-found',
        'Open an account with POST /api/v1/accounts; its id follows from its sign-in identity.',
      );
    if (!commands.has(command))
      throw failed('not-found', `There is no command "${command}". Use one of: ${[...commands.keys()].join(', ')}.`);
    const by = this.access.admittedBy(request);
    return this.answer({ kind, id }, await this.send({ kind, id }, command, entry, key, ifMatch, by), reply);
  }

  private async opened(
    kind: StreamKind,
    command: string,
    entry: EntryDto,
    key: string | undefined,
    by: Admitted,
    reply: FastifyReply,
  ): Promise<Acknowledgement> {
    const { profile } = this.settings;
    const target = { kind, id: newStreamId(kind, entry.data, checkedKey(key), profile, by.actor) };
    return this.answer(target, await this.send(target, command, entry, key, undefined, by), reply);
  }

  private send(
    { kind, id }: Target,
    name: string,
    entry: EntryDto,
    key: string | undefined,
    ifMatch: string | undefined,
    { actor, source }: Admitted,
  ): Promise<Recorded> {
    const origin = {
      actor,
      source,
      idempotencyKey: checkedKey(key),
      correlationId: randomUUID(),
    };
    const command = { name, occurredOn: entry.occurredOn ?? null, data: entry.data };
    return this.bus.execute(new RecordEntry(streamName(kind, id), command, origin, expectedRevision(ifMatch)));
  }

  private answer({ kind, id }: Target, recorded: Recorded, reply: FastifyReply): Acknowledgement {
    switch (recorded.kind) {
      case 'refused':
        throw new RequestFailed(refusalProblem(recorded.refusal));
      case 'moved-on':
        throw failed(
          'moved-on',
          `You expected revision ${recorded.expected} and it is at ${recorded.actual}. Read it again, then decide.`,
          { facts: { expected: recorded.expected, actual: recorded.actual } },
        );
      case 'recorded':
      case 'repeated': {
        const { entry, revision, position } = recorded;
        void reply.status(recorded.kind === 'recorded' ? 201 : 200).headers({
          etag: `"${revision}"`,
          location: `/api/v1/${aggregates[kind].collection}/${id}?after=${position}`,
        });
        return { [kind]: id, entry, revision, position };
      }
    }
  }
}

function kindOf(collection: string): StreamKind {
  const kind = kindOfCollection(collection);
  if (kind) return kind;
  const known = streamKinds.map((each) => aggregates[each].collection).join(', ');
  throw failed('not-found', `There is no collection "${collection}". Use one of: ${known}.`);
}

/** The key of a command. Throws RequestFailed `idempotency-key-needed`. */
export function checkedKey(key: string | undefined): string {
  if (key !== undefined && KEY.test(key)) return key;
  throw failed(
    'idempotency-key-needed',
    'Send an Idempotency-Key header of 1 to 128 visible ASCII characters, for instance a UUID: a new one for each new entry, the same one when you send an entry again.',
  );
}

function expectedRevision(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) return undefined;
  const revision = REVISION.exec(ifMatch)?.[1];
  if (revision !== undefined) return Number(revision);
  throw failed('malformed-request', 'If-Match takes the revision you saw, in quotes: If-Match: "3".');
}
