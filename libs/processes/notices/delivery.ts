import type { Instant, Profile } from '#domain';
import type { OfficeLanguage } from '#web';
import type { ProcessDatabase } from '../database/process-database';
import type { NoticeKind } from '../process';
import { messageOf } from './message';
import type { Letterhead, Message } from './message';
import { NotSent } from './transport';
import type { Transport } from './transport';

const MINUTE = 60_000;
/** How long after each failure the next attempt is made, in minutes; after the last one a message is dead. In all a day and a half. */
export const BACK_OFF = [1, 5, 15, 60, 180, 360, 720, 720];
/** While nothing can be sent at all, how long until the next try, in minutes; the last one is repeated. Those tries cost no message anything. */
const UNREACHABLE = [0.5, 1, 5, 15];
const AT_ONCE = 20;

interface DeliveryRow {
  readonly id: string;
  readonly notice: string;
  readonly what: NoticeKind;
  readonly at: string;
  readonly payload: string;
  readonly address: string;
  readonly language: OfficeLanguage;
  readonly attempts: number;
}

/** Sends what waits in the outbox: each message at least once, and once alone unless a crash falls between sending and marking; then with the same Message-ID. */
export class Delivery {
  private unreachableSince = 0;
  private restUntil: Instant = '';
  /** Why nothing can be sent at the moment. */
  trouble: string | undefined;

  constructor(
    private readonly database: ProcessDatabase,
    private readonly transport: Transport,
    private readonly letterhead: Letterhead,
    private readonly profile: Profile,
    private readonly onNotice: (notice: string) => void = () => undefined,
  ) {}

  /** Sends what is due at this instant; answers how many messages left. `goOn` is asked before each. */
  async work(now: Instant, goOn: () => boolean = () => true): Promise<number> {
    if (now < this.restUntil) return 0;
    let sent = 0;
    for (const row of await this.waiting(now)) {
      if (!goOn()) break;
      const outcome = await this.attempt(row, now);
      if (outcome === 'unreachable') break;
      if (outcome === 'sent') sent += 1;
    }
    return sent;
  }

  private waiting(now: Instant): Promise<DeliveryRow[]> {
    return this.database.query<DeliveryRow>(
      `SELECT d.id, d.notice, d.address, d.language, d.attempts, e.what, e.at, e.payload FROM deliveries d JOIN effects e ON e.id = d.notice WHERE d.status = 'waiting' AND d.next_at <= ? ORDER BY d.next_at, d.id LIMIT ${AT_ONCE}`,
      [now],
    );
  }

  private async attempt(row: DeliveryRow, now: Instant): Promise<'sent' | 'put off' | 'unreachable'> {
    try {
      await this.transport.send(this.messageIn(row));
    } catch (error) {
      const failure = error instanceof NotSent ? error.failure : 'temporary';
      const why = error instanceof Error ? error.message : String(error);
      if (failure === 'unreachable') return this.rest(now, why);
      await this.putOff(row, now, failure === 'permanent', why);
      return 'put off';
    }
    this.unreachableSince = 0;
    this.trouble = undefined;
    await this.mark(row.id, 'sent', row.attempts + 1, now, null);
    return 'sent';
  }

  private messageIn({ notice: id, what, at, payload, address: to, language }: DeliveryRow): Message {
    const { facts } = JSON.parse(payload) as { facts: Parameters<typeof messageOf>[0]['facts'] };
    return messageOf({ id, notice: what, at, facts }, { to, language }, this.letterhead, this.profile);
  }

  private rest(now: Instant, why: string): 'unreachable' {
    const minutes = UNREACHABLE[Math.min(this.unreachableSince, UNREACHABLE.length - 1)]!;
    if (this.unreachableSince === 0) this.onNotice(`Notices wait: ${this.transport.name} cannot take them: ${why}`);
    this.unreachableSince += 1;
    this.restUntil = later(now, minutes);
    this.trouble = `${this.transport.name} cannot take notices: ${why}`;
    return 'unreachable';
  }

  private async putOff(row: DeliveryRow, now: Instant, forGood: boolean, why: string): Promise<void> {
    const pause = forGood ? undefined : BACK_OFF[row.attempts];
    if (pause !== undefined) return this.mark(row.id, 'waiting', row.attempts + 1, later(now, pause), why);
    this.onNotice(`A notice to ${row.address} cannot be delivered: ${why}`);
    await this.mark(row.id, 'dead', row.attempts + 1, now, why);
  }

  private async mark(id: string, status: string, attempts: number, nextAt: Instant, why: string | null): Promise<void> {
    await this.database.transaction((query) =>
      query('UPDATE deliveries SET status = ?, attempts = ?, next_at = ?, detail = ? WHERE id = ?', [
        status,
        attempts,
        nextAt,
        why,
        id,
      ]),
    );
  }
}

const later = (instant: Instant, minutes: number): Instant =>
  new Date(Date.parse(instant) + minutes * MINUTE).toISOString();
