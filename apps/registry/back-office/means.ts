import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TokenRecords } from '#access';
import { streamName, tokensAt } from '#domain';
import type { Account, Actor } from '#domain';
import { RequestFailed, refusalProblem } from '#http';
import { Recorder } from '#recording';
import type { MeansAct, MeansView, Posted } from '#web';
import { Desk } from './desk';
import type { OpenStream } from './desk';
import { People } from './people';

export type MeansFault = 'missing' | 'email' | 'subject' | 'taken' | 'user-name-taken' | 'bad-user-name';

export type MeansDone =
  | { readonly kind: 'done' }
  | { readonly kind: 'fault'; readonly fault: MeansFault }
  /** With the token of the link, which is shown once and kept nowhere. */
  | { readonly kind: 'invited'; readonly token: string; readonly userName: string; readonly endsAt: number };

interface Asked {
  readonly stream: OpenStream;
  readonly means: MeansView;
  /** The administrator. */
  readonly actor: Actor;
  readonly posted: Posted;
}

const done: MeansDone = { kind: 'done' };

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * What an administrator does to the means by which others sign in. It changes no right, but with it somebody could act in another's name, as their own second
 * person (rule 6): so it stands in the account's stream before it is done. Who may is asked by whoever calls, and by the law once more. Throws RequestFailed
 * where the law refuses.
 */
@Injectable()
export class Means {
  constructor(
    private readonly people: People,
    private readonly desk: Desk,
    private readonly recorder: Recorder,
  ) {}

  async do(act: MeansAct, asked: Asked): Promise<MeansDone> {
    const mistake = await this.mistakeIn(act, asked);
    if (mistake !== undefined) return { kind: 'fault', fault: mistake };
    await this.note(act, asked);
    const { id } = asked.stream;
    const { administration, sessions, externalIdentities, openId } = this.people.signIn;
    const issuer = openId?.issuer ?? '';
    switch (act) {
      case 'invite':
        return this.invite(id, asked.means.local?.userName ?? '');
      case 'reset-second-factor':
        await administration.resetSecondFactor(id);
        return done;
      case 'end-sessions':
        await sessions.endAll(id);
        return done;
      case 'shut-out':
        await this.shutOut(asked);
        return done;
      case 'link':
        await externalIdentities.link(issuer, subjectIn(asked), id);
        return done;
      case 'await-email':
        await externalIdentities.awaitEmail(issuer, emailIn(asked), id);
        return done;
      case 'unlink':
        await externalIdentities.unlink(asked.posted.one('issuer'), subjectIn(asked));
        return done;
    }
  }

  /** What is wrong with what was typed. */
  private async mistakeIn(act: MeansAct, asked: Asked): Promise<MeansFault | undefined> {
    const { externalIdentities, openId } = this.people.signIn;
    const subject = subjectIn(asked);
    const email = emailIn(asked);
    switch (act) {
      case 'link': {
        if (subject === '') return 'missing';
        if (!openId || /\s/.test(subject) || subject.length > 255) return 'subject';
        const known = await externalIdentities.accountOf({ issuer: openId.issuer, subject });
        // Whoever the provider means would otherwise lose their own account without anybody having said so.
        return known === undefined || known === asked.stream.id ? undefined : 'taken';
      }
      case 'await-email':
        if (email === '') return 'missing';
        return openId && EMAIL.test(email) && email.length <= 254 ? undefined : 'email';
      case 'unlink': {
        // Only a link of this account: the address could name somebody else's.
        const issuer = asked.posted.one('issuer');
        return asked.means.links.some((each) => each.issuer === issuer && each.subject === subject)
          ? undefined
          : 'subject';
      }
      default:
        return undefined;
    }
  }

  private async note(change: MeansAct, { stream: { id }, actor }: Asked): Promise<void> {
    const recorded = await this.recorder.record(
      streamName('account', id),
      { name: 'record-sign-in-change', occurredOn: this.desk.today(), data: { change } },
      { actor, source: { kind: 'form' }, idempotencyKey: randomUUID(), correlationId: randomUUID() },
    );
    if (recorded.kind === 'refused') throw new RequestFailed(refusalProblem(recorded.refusal));
  }

  private async invite(id: string, userName: string): Promise<MeansDone> {
    const invited = await this.people.signIn.administration.invite(id, userName);
    if (invited.kind !== 'invited') return { kind: 'fault', fault: invited.kind };
    const { token, endsAt } = invited;
    return { kind: 'invited', token, userName, endsAt };
  }

  /** Each token ends in the log under the name of the administrator first: shutting out alone would record the holder. */
  private async shutOut({ stream: { id, state }, actor }: Asked): Promise<void> {
    const { profile } = this.desk;
    const records = new TokenRecords({ recorder: this.recorder, profile });
    for (const token of tokensAt(state as Account, new Date().toISOString(), profile.timeZone))
      await records.revoked(id, token.id, actor.subject);
    await this.people.signIn.administration.shutOut(id);
  }
}

const subjectIn = ({ posted }: Asked): string => posted.one('subject').trim();
const emailIn = ({ posted }: Asked): string => posted.one('email').trim();
