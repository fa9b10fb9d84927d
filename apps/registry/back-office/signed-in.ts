import type { FastifyRequest } from 'fastify';
import { createHmac, randomBytes } from 'node:crypto';
import { commandRights, secondFactorRoles, targetOf } from '#access';
import type { Admission, Caller, GuardedAction, Roster } from '#access';
import { aggregates, dateOf, grantsAt, noAgencies, standingAt } from '#domain';
import type { Account, Actor, StreamKind } from '#domain';
import type { AccessControl } from '../access-control';
import { OfficeAccess } from './access';
import type { Hindrance, Seen } from './access';
import type { OpenStream } from './desk';

/** The back office where people sign in: who is there comes from the session, what they may do from the table of rights. A program's token opens no page. */
export class SignedInOffice extends OfficeAccess {
  override readonly signIn = '/sign-in';
  override readonly signOut = '/sign-out';
  private readonly callers = new WeakMap<FastifyRequest, Caller>();
  /** What was looked for may be a name, and the id of an entry must not be one that can be guessed from it. After a restart a search is noted once more. */
  private readonly secret = randomBytes(32);

  constructor(
    private readonly access: AccessControl,
    private readonly roster: Roster,
    private readonly timeZone: string,
  ) {
    super();
  }

  async actorOf(request: FastifyRequest): Promise<Actor | undefined> {
    const caller = await this.access.caller(request);
    if (!caller?.account || caller.by !== 'session') return undefined;
    this.callers.set(request, caller);
    const { id, account } = caller;
    await this.roster.accounts();
    const [grant] = grantsAt(account, new Date().toISOString(), this.timeZone);
    return { subject: id, agency: account.agency ?? noAgencies.member, role: grant?.role ?? 'holder' };
  }

  override nameOf({ subject }: Actor): string {
    return this.roster.nameOf(subject) ?? subject;
  }

  override isBarred(request: FastifyRequest): boolean {
    const account = this.callers.get(request)?.account;
    return account !== undefined && standingAt(account, new Date().toISOString()) !== 'open';
  }

  /** Before anything is filled in, a member of an organisation is offered what might be about their own. */
  override mayDo(request: FastifyRequest, kind: StreamKind, command: string, stream?: OpenStream): boolean {
    const admission = this.decide(request, kind, command, stream);
    if (admission.kind === 'allowed') return true;
    const forMembers = commandRights[kind][command]?.some(({ role }) => role === 'organisation-member') ?? false;
    const { organisations } = asked(kind, command, stream).target;
    return admission.reason === 'out-of-reach' && forMembers && this.isMember(request) && organisations.length === 0;
  }

  override hindrance(...[request, kind, command, stream, data]: Parameters<OfficeAccess['hindrance']>): Hindrance {
    const admission = this.decide(request, kind, command, stream, data);
    return admission.kind === 'denied' && admission.reason === 'second-factor' ? 'secondFactor' : 'forbidden';
  }

  /** Others' dossiers are for their own officers to add to. */
  override mayImport({ agency }: Actor, keeper: string | undefined): boolean {
    return keeper === undefined || keeper === agency;
  }

  override actingAs(
    request: FastifyRequest,
    _actor: Actor,
    kind: StreamKind,
    command: string,
    stream?: OpenStream,
    data?: unknown,
  ): Actor | undefined {
    const admission = this.decide(request, kind, command, stream, data);
    return admission.kind === 'allowed' ? admission.actor : undefined;
  }

  override accountOf(request: FastifyRequest): Account | undefined {
    return this.callers.get(request)?.account;
  }

  override mayAct(request: FastifyRequest, action: GuardedAction): boolean {
    return this.access.decide(this.callers.get(request), actionOf(action)).kind === 'allowed';
  }

  override lacksSecondFactor(request: FastifyRequest): boolean {
    const caller = this.callers.get(request);
    if (caller?.account === undefined || caller.secondFactor !== false) return false;
    const grants = grantsAt(caller.account, new Date().toISOString(), this.timeZone);
    return grants.some(({ role }) => secondFactorRoles.has(role));
  }

  /** Once a day for each thing looked for. */
  override async noteList(_request: FastifyRequest, actor: Actor, list: string, filter: string): Promise<void> {
    const today = dateOf(new Date().toISOString(), this.timeZone);
    const sought = createHmac('sha256', this.secret).update(filter).digest('hex');
    await this.access.noteReading(
      { actor, source: { kind: 'form' } },
      {
        what: `list:${list}`,
        purpose: 'Opened in the back office',
        key: `office list:${list} ${sought} ${today}`,
        ...(filter !== '' && { filter }),
      },
    );
  }

  /** Who reads what is not public is recorded before it is shown, once a day for each stream. */
  override async sees(request: FastifyRequest, stream: OpenStream, today: string): Promise<Seen> {
    const caller = this.callers.get(request);
    const { kind, id } = stream;
    const target = targetOf({ kind, id }, stream.situation as never);
    const admission = this.access.decide(caller, { to: 'read', kind, target });
    if (admission.kind === 'denied') return { restricted: false, personal: false };
    const personal = this.access.decide(caller, { to: 'see-personal', kind, target }).kind === 'allowed';
    const noted = { what: `${kind}-${id}`, purpose: 'Opened in the back office', key: `office ${kind}-${id} ${today}` };
    await this.access.noteReading({ actor: admission.actor, source: { kind: 'form' } }, noted);
    return { restricted: true, personal };
  }

  private decide(request: FastifyRequest, kind: StreamKind, command: string, stream?: OpenStream, data?: unknown): Admission {
    const about = command === 'import-file' ? actionOf(command) : asked(kind, command, stream, data);
    return this.access.decide(this.callers.get(request), about);
  }

  private isMember(request: FastifyRequest): boolean {
    return this.callers.get(request)?.account?.organisation !== undefined;
  }
} // prettier-ignore

const actionOf = (action: GuardedAction) => ({ to: 'act', action }) as const;

const asked = (kind: StreamKind, command: string, stream?: OpenStream, data?: unknown) => {
  const situation = stream?.situation ?? aggregates[kind].empty;
  return {
    to: 'command',
    kind,
    command,
    target: targetOf({ kind, id: stream?.id ?? '', command, data }, situation as never),
  } as const;
};
