import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { GuardedAction } from '#access';
import type { Account, Actor, StreamKind } from '#domain';
import type { OpenStream } from './desk';

/** What of a stream somebody is shown beside what is public. */
export interface Seen {
  readonly restricted: boolean;
  readonly personal: boolean;
}

/** Why somebody may not do something: no role of theirs lets them; one would, had they shown a second factor; their account is not open. */
export type Hindrance = 'forbidden' | 'secondFactor' | 'barred';

/** Who may do what in the back office. SignedInOffice where people sign in, LocalOfficer where nobody does. */
export abstract class OfficeAccess {
  /** The person behind a request; undefined for nobody, who sees no page and records nothing. */
  abstract actorOf(request: FastifyRequest): Actor | undefined | Promise<Actor | undefined>;

  /** Whether the person may record an entry of this command; `stream` is undefined before it is opened. Files are imported as `import-file` of kind `asset`. */
  mayDo(_request: FastifyRequest, _kind: StreamKind, _command: string, _stream?: OpenStream): boolean {
    return true;
  }

  /** As whom the person records these data; undefined where they may not. */
  actingAs(
    request: FastifyRequest,
    actor: Actor,
    kind: StreamKind,
    command: string,
    stream?: OpenStream,
    _data?: unknown,
  ): Actor | undefined {
    return this.mayDo(request, kind, command, stream) ? actor : undefined;
  }

  /** What the person is shown of a stream, on the day it is. Who moderates what the public sends must see what it sent. */
  sees(_request: FastifyRequest, { kind }: OpenStream, _today: string): Seen | Promise<Seen> {
    return { restricted: true, personal: kind === 'dialogue' };
  }

  /** Whether a file may add to a dossier that this agency keeps; undefined for one that the file opens. */
  mayImport(_actor: Actor, _keeper: string | undefined): boolean {
    return true;
  }

  /** What keeps the person from an act they may not do, as far as they can do something about it. */
  hindrance(
    _request: FastifyRequest,
    _kind: StreamKind,
    _command: string,
    _stream?: OpenStream,
    _data?: unknown,
  ): Hindrance {
    return 'forbidden';
  }

  /** Whether the person is known and yet kept out of every page. */
  isBarred(_request: FastifyRequest): boolean {
    return false;
  }

  /** Whether the person may do what is no entry; nobody does where nobody signs in. */
  mayAct(_request: FastifyRequest, _action: GuardedAction): boolean {
    return false;
  }

  /** The person's own account, which the rules on accounts ask for; undefined where nobody signs in. */
  accountOf(_request: FastifyRequest): Account | undefined {
    return undefined;
  }

  /** Whether some of the person's roles count for nothing because they signed in with a password alone. */
  lacksSecondFactor(_request: FastifyRequest): boolean {
    return false;
  }

  /** Before a list of what is not public is shown: that the person reads it, and what they look for. */
  async noteList(_request: FastifyRequest, _actor: Actor, _list: string, _filter: string): Promise<void> {
    // Where nobody signs in there is no account to note it in.
  }

  /** The person's name as colleagues know it. */
  nameOf(actor: Actor): string {
    return actor.subject;
  }

  /** Where to sign in; without it nobody is told only that. The address one came for is added as `?returnTo=`. */
  readonly signIn?: string;
  /** Where to sign out. */
  readonly signOut?: string;

  /** What ties a form to the person it was made for; a session's id where there are sessions. */
  sessionOf(_request: FastifyRequest, { agency, subject }: Actor): string {
    return JSON.stringify([agency, subject]);
  }
}

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Where nobody signs in: whoever sits at this machine. A name that leads here from elsewhere (DNS rebinding) finds nobody, and so does a
 * request from another machine.
 */
export class LocalOfficer extends OfficeAccess {
  constructor(private readonly actor: Actor) {
    super();
  }

  actorOf({ headers, ip }: FastifyRequest): Actor | undefined {
    const local = LOCAL.test(headers.host ?? '') && /^(127\.|::1$|::ffff:127\.)/.test(ip);
    return local ? this.actor : undefined;
  }

  /** Accounts are for those who sign in. */
  override mayDo(_request: FastifyRequest, kind: StreamKind): boolean {
    return kind !== 'account';
  }
}

/** True for a form that a page of this site sent: a page elsewhere could otherwise post through the officer's browser. */
export function fromOwnPage({ headers }: FastifyRequest): boolean {
  const { host = '', origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

/** Tokens that only our own pages know. The secret lives as long as the process: a form of an earlier one is shown again, never recorded. */
export class FormTokens {
  private readonly secret = randomBytes(32);

  /** Different each time: in a page that is compressed, what never changes could be guessed letter by letter from the page's length. */
  tokenFor(session: string, nonce = randomBytes(12).toString('base64url')): string {
    const proof = createHmac('sha256', this.secret).update(`${nonce} ${session}`).digest('base64url');
    return `${nonce}.${proof}`;
  }

  fits(token: string, session: string): boolean {
    const expected = Buffer.from(this.tokenFor(session, token.split('.')[0]));
    const given = Buffer.from(token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
