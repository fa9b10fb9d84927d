import { Injectable } from '@nestjs/common';
import { TokenRecords } from '#access';
import { tokensAt } from '#domain';
import type { Account } from '#domain';
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
  readonly by: string;
  readonly posted: Posted;
}

const done: MeansDone = { kind: 'done' };
const fault = (what: MeansFault): MeansDone => ({ kind: 'fault', fault: what });

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * What an administrator does to the means by which others sign in. It changes no right and says nothing of the register, so the log has no entry for it but
 * for tokens, of which it knows. Who may is not asked here: whoever calls has asked.
 */
@Injectable()
export class Means {
  constructor(
    private readonly people: People,
    private readonly desk: Desk,
    private readonly recorder: Recorder,
  ) {}

  async do(act: MeansAct, asked: Asked): Promise<MeansDone> {
    const { id } = asked.stream;
    const { administration, sessions, externalIdentities } = this.people.signIn;
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
        return this.link(id, asked.posted.one('subject').trim());
      case 'await-email':
        return this.awaitEmail(id, asked.posted.one('email').trim());
      case 'unlink': {
        const [issuer, subject] = [asked.posted.one('issuer'), asked.posted.one('subject')];
        // Only a link of this account: the address could name somebody else's.
        if (asked.means.links.some((each) => each.issuer === issuer && each.subject === subject))
          await externalIdentities.unlink(issuer, subject);
        return done;
      }
    }
  }

  private async invite(id: string, userName: string): Promise<MeansDone> {
    const invited = await this.people.signIn.administration.invite(id, userName);
    if (invited.kind !== 'invited') return fault(invited.kind);
    const { token, endsAt } = invited;
    return { kind: 'invited', token, userName, endsAt };
  }

  /** Each token ends in the log under the name of the administrator first: shutting out alone would record the holder. */
  private async shutOut({ stream: { id, state }, by }: Asked): Promise<void> {
    const { profile } = this.desk;
    const records = new TokenRecords({ recorder: this.recorder, profile });
    for (const token of tokensAt(state as Account, new Date().toISOString(), profile.timeZone))
      await records.revoked(id, token.id, by);
    await this.people.signIn.administration.shutOut(id);
  }

  private async link(id: string, subject: string): Promise<MeansDone> {
    const { externalIdentities, openId } = this.people.signIn;
    if (subject === '') return fault('missing');
    if (!openId || /\s/.test(subject) || subject.length > 255) return fault('subject');
    const known = await externalIdentities.accountOf({ issuer: openId.issuer, subject });
    // Whoever the provider means would otherwise lose their own account without anybody having said so.
    if (known !== undefined && known !== id) return fault('taken');
    await externalIdentities.link(openId.issuer, subject, id);
    return done;
  }

  private async awaitEmail(id: string, email: string): Promise<MeansDone> {
    const { externalIdentities, openId } = this.people.signIn;
    if (email === '') return fault('missing');
    if (!openId || !EMAIL.test(email) || email.length > 254) return fault('email');
    await externalIdentities.awaitEmail(openId.issuer, email, id);
    return done;
  }
}
