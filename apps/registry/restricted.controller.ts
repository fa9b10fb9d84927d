import { Controller, Get, Header, Param, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiPropertyOptional, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { IsOptional, Length, Matches } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { Roster, targetOf } from '#access';
import type { Caller } from '#access';
import type { AccountStanding, Grant, LegalDate, StreamKind } from '#domain';
import { grantsAt, isIdOf, kindOfCollection, noTail, standingAt, streamName } from '#domain';
import { EventStore } from '#event-store';
import { IsLegalDate, failed, failsWith, validation } from '#http';
import { restrictedEvent } from '#privacy';
import type { RestrictedEvent } from '#privacy';
import { Recorder } from '#recording';
import { AccessControl } from './access-control';
import type { Admitted } from './access-control';
import { RegistrySettings } from './settings';

const PAGE = 500;

/** Why somebody reads what not everybody may see. */
class PurposeDto {
  @ApiProperty({ minLength: 3, maxLength: 500, description: 'What for. It is recorded under your account.' })
  @Length(3, 500, { message: 'Say in 3 to 500 characters what you read it for' })
  readonly purpose!: string;
}

class StreamDto extends PurposeDto {
  @ApiPropertyOptional({ pattern: '^\\d{1,9}$', description: 'First revision to be shown.' })
  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'Give a revision, as a whole number' })
  readonly from?: string;
}

class DayDto extends PurposeDto {
  @ApiPropertyOptional({ format: 'date', description: 'The rights at the end of this day; now when left out.' })
  @IsOptional()
  @IsLegalDate()
  readonly on?: LegalDate;
}

interface RestrictedStream {
  readonly stream: string;
  readonly entries: readonly RestrictedEvent[];
  /** Revision from which it goes on. */
  readonly next?: number;
}

interface ListedAccount {
  readonly account: string;
  readonly displayName?: string;
  readonly kind: 'person' | 'service';
  readonly agency?: string;
  readonly organisation?: string;
  readonly standing: AccountStanding;
  readonly roles: readonly Grant[];
}

/**
 * What not everybody may see, for those whose roles let them. Who read what and what for is recorded before it is shown; where that cannot be recorded nothing is shown. Only
 * where people sign in.
 */
@ApiTags('restricted')
@failsWith(400, 401, 403)
@Controller('api/v1/restricted')
export class RestrictedController {
  constructor(
    private readonly access: AccessControl,
    private readonly recorder: Recorder,
    private readonly store: EventStore,
    private readonly roster: Roster,
    private readonly settings: RegistrySettings,
  ) {}

  @Get('accounts')
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'listAccounts', summary: 'Who could do what on a day' })
  @ApiResponse({ status: 200, description: 'The accounts opened by then, with their roles' })
  async accounts(
    @Query(validation('query')) { purpose, on }: DayDto,
    @Req() request: FastifyRequest,
  ): Promise<{ at: string; accounts: readonly ListedAccount[] }> {
    const caller = await this.access.caller(request);
    const admitted = this.access.demand(caller, { to: 'act', action: 'list-accounts' });
    const at = this.endOf(on);
    await this.access.noteReading(admitted, { what: 'list:accounts', purpose, filter: on });
    const { timeZone } = this.settings.profile;
    const accounts = (await this.roster.accounts()).flatMap(({ id, account, displayName }): ListedAccount[] => {
      const standing = standingAt(account, at);
      const situation = { ...noTail, revision: 0, state: account, openedOn: null };
      const about = { kind: 'account', target: targetOf({ kind: 'account', id }, situation) } as const;
      if (!standing || this.access.decide(caller, { to: 'read', ...about }).kind === 'denied') return [];
      const named = this.access.decide(caller, { to: 'see-personal', ...about }).kind === 'allowed';
      const { kind, agency, organisation } = account;
      return [
        {
          account: id,
          ...(named && displayName !== undefined && { displayName }),
          kind,
          ...(agency !== undefined && { agency }),
          ...(organisation !== undefined && { organisation }),
          standing,
          roles: grantsAt(account, at, timeZone),
        },
      ];
    });
    return { at, accounts };
  } // prettier-ignore

  @Get(':collection/:id')
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'readRestricted', summary: 'The entries of a stream with their restricted fields' })
  @ApiParam({ name: 'collection', description: 'assets, organisations, calls, dialogues, groups or accounts' })
  @ApiParam({ name: 'id', description: 'Registry id' })
  @ApiResponse({ status: 200, description: 'The entries, 500 at most; `next` says from where it goes on' })
  @failsWith(404)
  async stream(
    @Param('collection') collection: string,
    @Param('id') id: string,
    @Query(validation('query')) { purpose, from }: StreamDto,
    @Req() request: FastifyRequest,
  ): Promise<RestrictedStream> {
    const kind = kindOfCollection(collection);
    if (!kind || !isIdOf(kind, id)) throw failed('not-found', 'There is no such collection, or no such registry id.');
    const caller = await this.access.caller(request);
    const { admitted, personal } = await this.reader(caller, kind, id);
    const stream = streamName(kind, id);
    await this.access.noteReading(admitted, { what: stream, purpose, filter: from });
    const events = await this.store.readStream(stream, { from: Number(from ?? 0), max: PAGE });
    if (events.length === 0) throw failed('not-found', 'There is no entry here.');
    const last = events.at(-1)?.revision ?? 0;
    const entries = events.map((event) => restrictedEvent(event, { personal }));
    return { stream, entries, ...(events.length === PAGE && { next: last + 1 }) };
  }

  private async reader(
    caller: Caller | undefined,
    kind: StreamKind,
    id: string,
  ): Promise<{ admitted: Admitted; personal: boolean }> {
    const target = targetOf({ kind, id }, await this.recorder.situation(kind, id));
    const admitted = this.access.demand(caller, { to: 'read', kind, target });
    const personal = this.access.decide(caller, { to: 'see-personal', kind, target }).kind === 'allowed';
    return { admitted, personal };
  }

  private endOf(on: LegalDate | undefined): string {
    const now = new Date().toISOString();
    return on === undefined ? now : [now, `${on}T23:59:59.999Z`].sort()[0]!;
  }
}
