import { Controller, Get, Headers, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import { createHash, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Command, LegalDate } from '#domain';
import { dateOf, isIdOf, streamName } from '#domain';
import type { StoredFile } from '#files';
import { isDigest } from '#files';
import { RequestFailed, failed, refusalProblem } from '#http';
import type { Recorded } from '#recording';
import { SEALING_SCHEME, SealingError, requireSealedFile } from '#sealing';
import { checkedKey } from '../commands.controller';
import { orProblem } from '../file-problems';
import { AccessControl } from '../access-control';
import type { Admitted } from '../access-control';
import { FromHere } from '../from-here.guard';
import { RecordEntry } from '../record-entry';
import { RegistrySettings } from '../settings';
import { uploadsAMinute } from '../upload-rate';
import { SealedCalls } from './sealed-calls';
import type { Evidence, SealingOfCall } from './sealed-calls';

/** Time as the registry tells it; the deadline of a call is by this clock. */
export abstract class Clock {
  abstract now(): string;
}

/** What an applicant keeps: proof of what was handed in and when, by the log. */
export interface Receipt {
  readonly call: string;
  readonly organisation: string;
  /** The entry that recorded it; the application's id. */
  readonly application: string;
  readonly ciphertext: StoredFile;
  readonly digest: string;
  /** Instant, by the clock of the registry. */
  readonly recordedAt: string;
  readonly revision: number;
  readonly position: number;
}

/** That a call was opened; the evidence is at the same address, for those who may read it. */
export interface Opened {
  readonly call: string;
  /** The entry that says so. */
  readonly entry: string;
  readonly revision: number;
  readonly position: number;
}

const UPLOADS = uploadsAMinute(30);

/** Sealed applications: taken unread before the deadline, opened together after it (docs/decisions/010-sealed-applications.md). */
@ApiExcludeController()
@Controller('api/v1/calls/:id')
@UseGuards(FromHere)
export class SealedController {
  constructor(
    private readonly bus: CommandBus,
    private readonly calls: SealedCalls,
    private readonly settings: RegistrySettings,
    private readonly clock: Clock,
    private readonly access: AccessControl,
  ) {}

  /** What applicants seal with; the same for everybody. Before the call is published, for those who have an account: its holders compare the digest. */
  @Get('sealing')
  async sealing(@Param('id') id: string, @Req() request: FastifyRequest): Promise<SealingOfCall> {
    const sealing = await this.calls.sealing(id);
    if (sealing.status === 'draft' && this.access.signsIn && !(await this.access.caller(request))?.account)
      throw failed('not-found', `There is no call "${id}" that was published.`);
    return sealing;
  }

  /** Takes a ciphertext alone; the command `submit-application` then names it. What no application names is thrown away after 30 days. */
  @Post('ciphertexts')
  @RouteConfig(UPLOADS)
  async ciphertext(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StoredFile> {
    // Who may hand it in is asked when an entry names it: a ciphertext alone says nothing.
    await this.access.demandAction(request, 'upload-file');
    const stored = await this.stored(id, request);
    void reply.status(201);
    return stored;
  }

  /** Hands in an application: first the ciphertext, then the entry that names it. */
  @Post('sealed-applications')
  @RouteConfig(UPLOADS)
  async submit(
    @Param('id') id: string,
    @Query() { organisation, digest }: Readonly<Record<string, unknown>>,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Receipt> {
    if (typeof organisation !== 'string' || !isDigest(digest))
      throw failed(
        'malformed-request',
        'Give the organisation’s id and the digest of the content: ?organisation=…&digest=….',
      );
    const by = await this.asked(request, id, 'submit-application', { organisation });
    const ciphertext = await this.handedIn(id, request);
    const sealed = { scheme: SEALING_SCHEME, ciphertext: { ...ciphertext }, digest };
    const data = { organisation, sealed };
    const recorded = await this.record(id, { name: 'submit-application', data }, checkedKey(key), by, reply);
    const { id: application, recordedAt } = await this.calls.entryAt(id, recorded.revision);
    const { revision, position } = recorded;
    return { call: id, organisation, application, ciphertext, digest, recordedAt, revision, position };
  }

  /** Opens the call with the shares its holders gave. What came to light is a reading of its own: who may record it need not be one who may read it. */
  @Post('opening')
  async open(
    @Param('id') id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Opened> {
    const by = await this.asked(request, id, 'open-applications', {});
    const data = await this.calls.opening(id);
    const { entry, revision, position } = await this.record(
      id,
      { name: 'open-applications', data },
      checkedKey(key),
      by,
      reply,
    );
    return { call: id, entry, revision, position };
  }

  @Get('opening')
  async evidence(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Evidence> {
    await this.access.demandReading(request, 'call', this.known(id), 'The evidence of the opening');
    return this.calls.evidence(id);
  }

  @Get('ciphertexts/:sha256')
  async opened(
    @Param('id') id: string,
    @Param('sha256') sha256: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.access.demandReading(request, 'call', this.known(id), 'A sealed application after the opening');
    await toBeSaved(reply, `${sha256.slice(0, 12)}.sealed`).send(await this.calls.opened(id, sha256));
  }

  @Get('applications/:application')
  async application(
    @Param('id') id: string,
    @Param('application') application: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ answers: Readonly<Record<string, string>>; attachments: { name: string; size: number }[] }> {
    await this.access.demandApplication(request, this.known(id), `The application ${application}`);
    const { answers, attachments } = await this.calls.application(id, application);
    void reply.header('cache-control', 'private, no-store');
    return { answers, attachments: attachments.map(({ name, bytes }) => ({ name, size: bytes.length })) };
  }

  @Get('applications/:application/attachments/:number')
  async attachment(
    @Param('id') id: string,
    @Param('application') application: string,
    @Param('number') number: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.access.demandApplication(request, this.known(id), `An attachment of ${application}`);
    const { attachments } = await this.calls.application(id, application);
    const attachment = attachments[Number(number) - 1];
    if (!attachment)
      throw failed('not-found', `The application has ${attachments.length} attachments, and no ${number}.`);
    await toBeSaved(reply, attachment.name).send(Buffer.from(attachment.bytes));
  }

  private async stored(id: string, { body }: FastifyRequest): Promise<StoredFile> {
    const { status } = await this.calls.call(id);
    if (status !== 'published') throw tooLate(status);
    const bytes = sealedIn(body);
    return orProblem(() => this.calls.files.sealed.put(bytes));
  }

  /** What comes after the call was closed is not stored: it is refused, unless it is here already and comes once more because the answer was lost. */
  private async handedIn(id: string, request: FastifyRequest): Promise<StoredFile> {
    const { status } = await this.calls.call(id);
    if (status === 'published' || status === 'draft') return this.stored(id, request);
    const bytes = sealedIn(request.body);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if ((await this.calls.files.sealed.sizeOf(sha256)) === undefined) throw tooLate(status);
    return { sha256, size: bytes.length };
  }

  /** As whom a command on the call is sent; its rights are asked before anything is said about the call. */
  private asked(request: FastifyRequest, id: string, command: string, data: unknown): Promise<Admitted> {
    return this.access.demandCommand(request, { kind: 'call', id: this.known(id), command, data });
  }

  private known(id: string): string {
    if (isIdOf('call', id)) return id;
    throw failed('not-found', `"${id}" is no id of a call. Check it: its last character guards against mistyping.`);
  }

  private async record(
    id: string,
    { name, data }: Pick<Command, 'name' | 'data'>,
    idempotencyKey: string,
    by: Admitted,
    reply: FastifyReply,
  ): Promise<Recorded & { kind: 'recorded' | 'repeated' }> {
    const { profile } = this.settings;
    const origin = { ...by, idempotencyKey, correlationId: randomUUID() };
    const send = (occurredOn: LegalDate): Promise<Recorded> =>
      this.bus.execute(new RecordEntry(streamName('call', id), { name, occurredOn, data }, origin, undefined));
    const first = await send(dateOf(this.clock.now(), profile.timeZone));
    const recorded = isKeyReused(first) ? ((await this.onItsDay(id, name, send)) ?? first) : first;
    if (recorded.kind === 'refused') throw new RequestFailed(refusalProblem(recorded.refusal));
    if (recorded.kind === 'moved-on') throw failed('moved-on', 'The call has moved on. Send it again.');
    void reply.status(recorded.kind === 'recorded' ? 201 : 200);
    return recorded;
  }

  /** What is sent once more on a later day was dated on the first one: under a key that is taken nothing is recorded anew, whatever day is tried. */
  private async onItsDay(
    id: string,
    command: string,
    send: (occurredOn: LegalDate) => Promise<Recorded>,
  ): Promise<Recorded | undefined> {
    for (const day of await this.calls.daysOf(id, command)) {
      const again = await send(day);
      if (again.kind === 'repeated') return again;
    }
    return undefined;
  }
}

const isKeyReused = (recorded: Recorded): boolean =>
  recorded.kind === 'refused' && recorded.refusal.code === 'key-reused';

const tooLate = (status: string): RequestFailed =>
  failed('malformed-request', `The call is ${status}: nothing can be handed in.`);

/** The sealed application in a request; throws RequestFailed where there is none. */
function sealedIn(body: unknown): Buffer {
  if (!Buffer.isBuffer(body))
    throw failed('wrong-content-type', 'Send the sealed application as application/octet-stream.');
  try {
    requireSealedFile(body);
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    throw failed(
      'file-refused',
      `This is no sealed application: ${error.message}. Seal it with our page or our command line.`,
    );
  }
  return body;
}

/** An answer that a browser saves and never shows within our site. */
function toBeSaved(reply: FastifyReply, name: string): FastifyReply {
  return reply
    .headers({
      'cache-control': 'private, no-store',
      // RFC 6266 with the encoding of RFC 8187.
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
    })
    .type('application/octet-stream');
}
