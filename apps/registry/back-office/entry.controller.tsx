import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, Command, Refusal, StreamKind } from '#domain';
import { aggregates, derivedUuid, kindOfCollection, streamName } from '#domain';
import { StoreUnavailable } from '#event-store';
import type { Recorded } from '#recording';
import { CorrectPage, FormPage, Posted, officeAddress, rowsIn, rowsName, typedDate } from '#web';
import type { FormFault, FormView } from '#web';
import { RecordEntry } from '../record-entry';
import { newStreamId } from '../new-stream-id';
import { fromOwnPage } from './access';
import { confirmPage, conflictPage, correctionNote, existingLink, removeQuestion } from './entry-pages';
import { canFill, correctable, draftOf, fillFrom, filledIn, formAround, handedIn, saidIn } from './entry-form';
import type { Draft } from './entry-form';
import { FILE_MEGABYTES, bodyOf } from './form-bodies';
import { Office } from './office';
import type { Visit } from './office';
import { anonymous, entryInLine, nameOf } from './told';

/** Where an entry is to go, as an address says. */
interface Place {
  readonly collection: string;
  /** Undefined for an entry that opens something. */
  readonly id: string | undefined;
  readonly command: string;
}

/** The way of an entry from an empty form to the log: fill in, check, look once more, record. Nothing is kept between these steps but in the page. */
@ApiExcludeController()
@Controller('office')
export class EntryController {
  constructor(
    private readonly office: Office,
    private readonly bus: CommandBus,
  ) {}

  @Get(':collection/new/:command')
  opening(
    @Param('collection') collection: string,
    @Param('command') command: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.begin({ collection, id: undefined, command }, request, reply);
  }

  @Post(':collection/new/:command')
  open(
    @Param('collection') collection: string,
    @Param('command') command: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.goOn({ collection, id: undefined, command }, request, reply);
  }

  @Get(':collection/:id/:command')
  act(
    @Param('collection') collection: string,
    @Param('id') id: string,
    @Param('command') command: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.begin({ collection, id, command }, request, reply);
  }

  @Post(':collection/:id/:command')
  add(
    @Param('collection') collection: string,
    @Param('id') id: string,
    @Param('command') command: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.goOn({ collection, id, command }, request, reply);
  }

  /** The empty form; the address may fill in some of it. */
  private async begin(place: Place, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const visit = await this.office.visit(request, reply);
    if (!visit) return;
    const posted = new Posted(filledByAddress(request.url));
    if (place.command === 'correct-entry' && !posted.has('data.field')) return this.chooseField(place, posted, visit);
    const draft = await this.draft(place, posted, visit);
    if (!draft) return;
    if (draft.correction) filledIn(draft, visit.words);
    handedIn(draft, visit.words);
    // A right counts from when it is recorded, and what is published is public from then on; everything else happened on a day of its own.
    if (draft.correction || draft.disclosed !== undefined || draft.entry.stream === 'account')
      posted.set('occurredOn', typedDate(this.office.desk.today()));
    await this.showForm(draft, visit, []);
  }

  private async goOn(place: Place, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const visit = await this.office.visit(request, reply);
    if (!visit) return;
    if (!fromOwnPage(request)) return this.office.say(visit, 'foreign');
    const { posted, hashed, tooLarge } = await bodyOf(request);
    const draft = await this.draft(place, posted, visit);
    if (!draft) return;
    const { t } = visit.words;
    const notices = hashed.map((name) => t('office.fileRead', { name }));
    if (!this.office.knows(visit, posted.one('token')))
      return this.showForm(draft, visit, [], { notices: [...notices, t('office.outdated')] });
    const step = posted.one('step');
    if (step.startsWith('add ')) {
      const path = step.slice('add '.length);
      posted.set(rowsName(path), String(rowsIn(posted, path, 0, 1000) + 1));
    }
    if (step === 'fill') notices.push(t('office.filled', { count: fillFrom(draft, visit.words) }));
    if (step !== 'check' && step !== 'record') return this.showForm(draft, visit, [], { notices });
    const { occurredOn, data, faults } = saidIn(draft, this.office.desk.profile.timeZone, tooLarge, FILE_MEGABYTES);
    if (occurredOn === undefined || faults.length > 0)
      return this.showForm(draft, visit, faults, { notices, status: 422 });
    const command = { name: place.command, occurredOn, data };
    if (step === 'record') return this.record(draft, command, visit);
    await this.check(draft, command, notices, visit);
  }

  /** The draft at an address; undefined when the person was told why there is none. */
  private async draft({ collection, id, command }: Place, posted: Posted, visit: Visit): Promise<Draft | undefined> {
    const kind = kindOfCollection(collection);
    const entry = kind && aggregates[kind].commands.get(command);
    const opens = kind !== undefined && aggregates[kind].openings.includes(command);
    const stream = id === undefined ? undefined : await this.office.streamAt(collection, id);
    // What opens a stream is recorded in it again only where the first opening was annulled.
    const recorded = stream !== undefined && stream.revision >= 0;
    const there = id === undefined ? opens : recorded && (!opens || stream.state === undefined);
    if (!entry || !there) await this.office.say(visit, 'missing');
    else if (!this.office.mayDo(visit, kind, command, stream)) await this.office.refuse(visit, kind, command, stream);
    else {
      const shown = stream && (await this.office.shown(visit, stream));
      const draft = stream && !shown ? undefined : draftOf(shown?.stream, entry, posted);
      if (draft) return draft;
      await this.office.say(visit, 'missing');
    }
    return undefined;
  }

  private async chooseField({ collection, id }: Place, posted: Posted, visit: Visit): Promise<void> {
    const stream = id === undefined ? undefined : await this.office.streamAt(collection, id);
    if (stream && !this.office.mayDo(visit, stream.kind, 'correct-entry', stream))
      return this.office.refuse(visit, stream.kind, 'correct-entry', stream);
    const target = stream?.history.find((entry) => entry.id === posted.one('data.entry'));
    if (!stream || !target) return this.office.say(visit, 'missing');
    const view = {
      subject: { name: nameOf(stream, visit.words), address: officeAddress.dossier(collection, stream.id) },
      id: stream.id,
      entry: target.id,
      sentence: entryInLine({ ...target, data: target.data as Command['data'] }, visit.words),
      ...correctable(target),
    };
    await this.office.show(visit, <CorrectPage view={view} context={visit.context} />);
  }

  private showForm(
    draft: Draft,
    visit: Visit,
    faults: readonly FormFault[],
    more: Pick<FormView, 'notices' | 'refusal' | 'intro'> & { readonly status?: number } = {},
  ): Promise<void> {
    const { status = 200, ...rest } = more;
    const { correction } = draft;
    const view: FormView = {
      ...formAround(draft, this.office, visit, faults),
      fills: canFill(draft),
      ...(correction && { intro: correctionNote(correction, visit.words) }),
      ...(correction?.removable && { extra: removeQuestion(draft, visit.words) }),
      ...rest,
    };
    return this.office.show(visit, <FormPage view={view} context={visit.context} />, status);
  }

  /** Asks the law without recording anything, and shows what would be recorded. */
  private async check(draft: Draft, command: Command, notices: readonly string[], visit: Visit): Promise<void> {
    const { desk } = this.office;
    const { stream, entry, posted } = draft;
    const actor = this.office.actingAs(visit, entry.stream, command, stream);
    if (!actor) return this.office.refuse(visit, entry.stream, command.name, stream, command.data);
    const id = stream?.id ?? this.idFor(entry.stream, command, posted.one('key'), actor);
    const target = stream ?? (await desk.open(entry.stream, id));
    const decision = await desk.rehearse(target, command, actor);
    if (decision.kind === 'refused') return this.refused(draft, decision.refusal, id, visit);
    const page = await confirmPage(draft, command, notices, this.office, visit);
    await this.office.show(visit, page);
  }

  private async record(draft: Draft, command: Command, visit: Visit): Promise<void> {
    const { stream, entry, posted } = draft;
    const actor = this.office.actingAs(visit, entry.stream, command, stream);
    if (!actor) return this.office.refuse(visit, entry.stream, command.name, stream, command.data);
    const key = posted.one('key');
    if (!/^[\x21-\x7e]{1,128}$/.test(key)) return this.showForm(draft, visit, []);
    const id = stream?.id ?? this.idFor(entry.stream, command, key, actor);
    const expected = stream ? Number(posted.one('revision')) : undefined;
    const origin = { actor, source: { kind: 'form' } as const, idempotencyKey: key, correlationId: randomUUID() };
    let recorded: Recorded;
    try {
      recorded = await this.bus.execute(new RecordEntry(streamName(entry.stream, id), command, origin, expected));
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return this.showForm(draft, visit, [], { notices: [visit.words.t('office.unavailable')], status: 503 });
    }
    if (recorded.kind === 'refused') {
      // The page was left and come back to after it had recorded something: what it says now would be another entry.
      if (recorded.refusal.code === 'key-reused') {
        posted.set('key', randomUUID());
        return this.showForm(draft, visit, [], { notices: [visit.words.t('office.used')], status: 409 });
      }
      return this.refused(draft, recorded.refusal, id, visit);
    }
    if (recorded.kind === 'moved-on') return this.movedOn(draft, recorded.expected, visit);
    // The id that the decision gave the entry: derived from who sent it and the key.
    const commandId = derivedUuid('command', id, actor.agency, actor.subject, key);
    const address = officeAddress.dossier(aggregates[entry.stream].collection, id);
    const entryId = derivedUuid(commandId, recorded.revision);
    await visit.reply.redirect(`${address}?recorded=${entryId}`, 303);
  }

  private refused(draft: Draft, refusal: Refusal, id: string, visit: Visit): Promise<void> {
    const opened = refusal.code === 'already-seized' || refusal.code === 'already-opened';
    const intro = !draft.stream && opened ? existingLink(draft.entry.stream, id, visit.words) : undefined;
    return this.showForm(draft, visit, [], { refusal, status: 409, ...(intro && { intro }) });
  }

  private async movedOn(draft: Draft, expected: number, visit: Visit): Promise<void> {
    // Read anew: what the form was shown from is older than what was written meanwhile.
    const opened = await this.office.desk.open(draft.entry.stream, draft.stream?.id ?? '');
    const shown = await this.office.shown(visit, opened);
    if (!shown) return this.office.say(visit, 'missing');
    const { stream, seen } = shown;
    // A name in the log is for those who may read the rest of it.
    const since = seen.restricted ? stream : anonymous(stream);
    await this.office.show(visit, conflictPage(draft, since, expected, this.office, visit), 412);
  }

  private idFor(kind: StreamKind, { data }: Command, key: string, actor: Actor): string {
    return newStreamId(kind, data, key, this.office.desk.profile, actor);
  }
}

/** Only fields of the entry are filled in by an address. */
function filledByAddress(url: string): [string, string][] {
  const { searchParams } = new URL(url, 'http://office');
  return [...searchParams].filter(([name]) => /^data\.[\w.]+$/.test(name)).slice(0, 50);
}
