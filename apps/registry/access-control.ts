import { randomUUID } from 'node:crypto';
import { admitted, targetOf } from '#access';
import type { Admission, Caller, Denial, GuardedAction, IncomingRequest, Request } from '#access';
import type { Actor, Source, StreamKind } from '#domain';
import { aggregates, dateOf, isIdOf, streamName } from '#domain';
import { RequestFailed, failed, refusalProblem, requestProblem } from '#http';
import type { Recorder } from '#recording';
import type { RegistrySettings } from './settings';

/** As whom a request that was let in acts, and how it is marked in the log. */
export interface Admitted {
  readonly actor: Actor;
  readonly source: Source;
}

/** What is read, what for, and with which filter. */
export interface Reading {
  readonly what: string;
  readonly purpose: string;
  readonly filter?: string | undefined;
  /** Under which it is noted once; noted each time where left out. */
  readonly key?: string;
}

const words: Readonly<Record<Exclude<Denial, 'not-signed-in'>, string>> = {
  'no-account': 'You are known here, but no account was opened for you. Ask an administrator to open one.',
  suspended: 'Your account is suspended. Ask an administrator why.',
  closed: 'Your account was closed.',
  'token-scope': 'The access token is not for this. Use one that has the scope it needs.',
  'token-ended': 'The access token has ended or was revoked. Issue another one.',
  'second-factor': 'This needs more than a password. Set up a second factor on the page of your account, sign in with it, and try again.',
  'no-role': 'None of your roles lets you do this. Ask an administrator for the one that does.',
  'out-of-reach': 'Your role does not reach this: it is kept by another agency, lies in another area, concerns another organisation, or does not exist.',
}; // prettier-ignore

/** Decides on requests: who sends them, and whether that account may do what they ask for at this moment. */
export class AccessControl {
  private readonly letIn = new WeakMap<object, Admitted>();

  constructor(
    private readonly recorder: Pick<Recorder, 'record' | 'situation'>,
    private readonly settings: RegistrySettings,
  ) {}

  /** Whether anybody can sign in at all; until then everything comes from the machine itself. */
  get signsIn(): boolean {
    return this.settings.identification !== undefined;
  }

  /** Who sends a request; undefined for a visitor. The account is read from the log each time: what was withdrawn no longer counts. */
  async caller(request: IncomingRequest): Promise<Caller | undefined> {
    const identified = await this.settings.identification?.identify(request);
    if (!identified) return undefined;
    const { account: id } = identified;
    const account = isIdOf('account', id) ? (await this.recorder.situation('account', id)).state : undefined;
    return { ...identified, id, account };
  }

  /** The decision, for those who go on either way. */
  decide(caller: Caller | undefined, request: Request): Admission {
    return admitted(caller, request, this.now(), this.settings.profile.timeZone);
  }

  /** As whom the request acts. Throws RequestFailed: 401 where signing in would help, 403 where it was of no use. */
  demand(caller: Caller | undefined, request: Request): Admitted {
    const admission = this.decide(caller, request);
    if (admission.kind === 'denied') throw refused(admission.reason);
    // Nobody looks when a program of its own account records: it is no second pair of eyes (rule 6).
    const program = caller?.account?.kind === 'service';
    return { actor: admission.actor, source: program ? { kind: 'process', name: 'program' } : { kind: 'api' } };
  }

  /** The same for what is no command. */
  async demandAction(request: IncomingRequest, action: GuardedAction): Promise<Admitted> {
    return this.signsIn ? this.demand(await this.caller(request), { to: 'act', action }) : this.local;
  }

  /** The same for a command. Where nobody can sign in, whoever sits at this machine acts. */
  async demandCommand(
    request: IncomingRequest,
    { kind, id, command, data }: { kind: StreamKind; id: string | undefined; command: string; data: unknown },
  ): Promise<Admitted> {
    if (!this.signsIn) return this.local;
    const situation = id === undefined ? aggregates[kind].empty : await this.recorder.situation(kind, id);
    const target = targetOf({ kind, id: id ?? '', command, data }, situation);
    return this.demand(await this.caller(request), { to: 'command', kind, command, target });
  }

  /** Whoever sits at this machine, where nobody can sign in. */
  get local(): Admitted {
    return { actor: this.settings.actor, source: { kind: 'api' } };
  }

  /** A reading of what is not public stands in the reader's account before anything is shown; under one `key` it is recorded once. */
  async noteReading(
    { actor, source }: Admitted,
    { what, purpose, filter, key = randomUUID() }: Reading,
  ): Promise<void> {
    const recorded = await this.recorder.record(
      streamName('account', actor.subject),
      {
        name: 'record-reading',
        occurredOn: dateOf(this.now(), this.settings.profile.timeZone),
        data: { what, purpose, ...(filter !== undefined && { filter }) },
      },
      { actor, source, idempotencyKey: key, correlationId: randomUUID() },
    );
    if (recorded.kind === 'refused') throw new RequestFailed(refusalProblem(recorded.refusal));
  }

  /** Admits a reading of a stream with its restricted fields, and notes it. Where nobody can sign in, whoever sits at this machine reads. */
  async demandReading(request: IncomingRequest, kind: StreamKind, id: string, purpose: string): Promise<void> {
    if (!this.signsIn) return;
    const target = targetOf({ kind, id }, await this.recorder.situation(kind, id));
    const admitted = this.demand(await this.caller(request), { to: 'read', kind, target });
    await this.noteReading(admitted, { what: streamName(kind, id), purpose });
  }

  /**
   * Admits the reading of an application, and notes it: by whoever reads the call with its restricted fields, and by those who were appointed to judge it and have not stepped back. The scores of the
   * others are not in it.
   */
  async demandApplication(request: IncomingRequest, call: string, purpose: string): Promise<void> {
    if (!this.signsIn) return;
    const caller = await this.caller(request);
    const { state } = await this.recorder.situation('call', call);
    const judges = state?.evaluators.some(
      ({ account, recused }) =>
        !recused && account?.subject === caller?.id && account?.agency === caller?.account?.agency,
    );
    if (!judges) return this.demandReading(request, 'call', call, purpose);
    const admitted = this.demand(caller, { to: 'act', action: 'read-application' });
    await this.noteReading(admitted, { what: streamName('call', call), purpose });
  }

  /** Keeps in mind as whom a request acts, from the guard to the controller. */
  remember(request: object, admitted: Admitted): void {
    this.letIn.set(request, admitted);
  }

  /** As whom a request acts that was let in; throws RequestFailed for one that was not. */
  admittedBy(request: object): Admitted {
    const admitted = this.letIn.get(request);
    if (!admitted) throw refused('no-role');
    return admitted;
  }

  private now(): string {
    return new Date().toISOString();
  }
}

function refused(reason: Denial): RequestFailed {
  return reason === 'not-signed-in' ? notSignedIn() : failed('not-allowed', words[reason]);
}

/** What is said to whom signing in would help. */
export function notSignedIn(): RequestFailed {
  const detail = 'This is not open to everybody. Sign in, or send a valid access token: Authorization: Bearer ….';
  return new RequestFailed(requestProblem('not-signed-in', detail), { 'www-authenticate': 'Bearer realm="registry"' });
}
