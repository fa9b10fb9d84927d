import { Body, Controller, Headers, Param, Post, Res, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { AssetId } from '#domain';
import { assetCommands, assetIdFrom, isAssetId } from '#domain';
import { RequestFailed, failed, refusalProblem, validation } from '#http';
import type { Recorded } from '#recording';
import { EntryDto } from './entry.dto';
import { LocalRequests } from './local-requests.guard';
import { RecordEntry } from './record-entry';
import { RegistrySettings } from './settings';

const KEY = /^[\x21-\x7e]{1,128}$/;
const REVISION = /^"(\d{1,9})"$/;

/** What an accepted command answers. */
interface Acknowledgement {
  readonly asset: AssetId;
  readonly revision: number;
  /** Position in the log; a query with `after` set to it sees this entry. */
  readonly position: number;
}

/**
 * Records entries in dossiers: `POST /api/v1/assets` opens one, `POST /api/v1/assets/{id}/{command}` adds to it. They are described in
 * description.ts, from the definitions of the events.
 */
@ApiExcludeController()
@Controller('api/v1/assets')
@UseGuards(LocalRequests)
export class AssetCommandsController {
  constructor(
    private readonly bus: CommandBus,
    private readonly settings: RegistrySettings,
  ) {}

  @Post()
  async open(
    @Body(validation('body')) entry: EntryDto,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Acknowledgement> {
    const asset = this.newAsset(entry, checkedKey(key));
    return this.answer(asset, await this.send(asset, 'record-seizure', entry, key, undefined), reply);
  }

  @Post(':asset/:command')
  async add(
    @Param('asset') asset: string,
    @Param('command') command: string,
    @Body(validation('body')) entry: EntryDto,
    @Headers('idempotency-key') key: string | undefined,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Acknowledgement> {
    if (!isAssetId(asset))
      throw failed('not-found', `"${asset}" is no registry id. Check it: its last character guards against mistyping.`);
    if (!assetCommands.has(command)) {
      throw failed(
        'not-found',
        `There is no command "${command}". Use one of: ${[...assetCommands.keys()].join(', ')}.`,
      );
    }
    return this.answer(asset, await this.send(asset, command, entry, key, ifMatch), reply);
  }

  /** Derived from the first identifier, so that the same asset cannot be opened twice; from the key where it has none. */
  private newAsset({ data }: EntryDto, key: string): AssetId {
    const [first] = Array.isArray(data.identifiers) ? (data.identifiers as readonly unknown[]) : [];
    const { scheme, id } = (typeof first === 'object' && first !== null ? first : {}) as {
      scheme?: unknown;
      id?: unknown;
    };
    const { country } = this.settings.profile;
    return typeof scheme === 'string' && typeof id === 'string'
      ? assetIdFrom(country, scheme, id)
      : assetIdFrom(country, 'idempotency-key', key);
  }

  private send(
    asset: AssetId,
    name: string,
    entry: EntryDto,
    key: string | undefined,
    ifMatch: string | undefined,
  ): Promise<Recorded> {
    const { actor } = this.settings;
    const origin = {
      actor,
      source: { kind: 'api' } as const,
      idempotencyKey: checkedKey(key),
      correlationId: randomUUID(),
    };
    const command = { name, occurredOn: entry.occurredOn ?? null, data: entry.data };
    return this.bus.execute(new RecordEntry(asset, command, origin, expectedRevision(ifMatch)));
  }

  private answer(asset: AssetId, recorded: Recorded, reply: FastifyReply): Acknowledgement {
    switch (recorded.kind) {
      case 'refused':
        throw new RequestFailed(refusalProblem(recorded.refusal));
      case 'moved-on':
        throw failed(
          'moved-on',
          `You expected revision ${recorded.expected} and the dossier is at ${recorded.actual}. Read it again, then decide.`,
          { facts: { expected: recorded.expected, actual: recorded.actual } },
        );
      case 'recorded':
      case 'repeated': {
        const { revision, position } = recorded;
        void reply.status(recorded.kind === 'recorded' ? 201 : 200).headers({
          etag: `"${revision}"`,
          location: `/api/v1/assets/${asset}?after=${position}`,
        });
        return { asset, revision, position };
      }
    }
  }
}

function checkedKey(key: string | undefined): string {
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
