import { createHash } from 'node:crypto';
import type { JsonObject, LegalDate, StreamKind } from '#domain';
import { Chance, daysAfter, randomFrom, seedOf } from './chance';
import { TurnedDown } from './stage';
import type { Part, Said, Stage } from './stage';

/** What the public register says of an asset when its tale begins. */
export interface Begun {
  readonly id: string;
  readonly kind: string;
  readonly phase: string;
  /** The latest date the register knows of it. */
  readonly since: LegalDate;
  readonly municipality?: string;
  /** What it is destined to, where that is decided. */
  readonly purpose?: string;
}

/** What the audience is told in the end. */
export interface Report {
  told: number;
  readonly refused: Map<string, number>;
}

/** The day on which a tale would go on lies after the scenario's last one. */
class Untold extends Error {}

/** One stream's life as it is told: where it is in time, what chance it has, and the lines that were said. */
export class Tale {
  readonly chance: Chance;
  private lines = 0;

  constructor(
    private readonly stage: Stage,
    private readonly report: Report,
    private readonly name: string,
    public day: LegalDate,
    /** The last day of the scenario. */
    readonly until: LegalDate,
  ) {
    this.chance = new Chance(randomFrom(seedOf(name)));
  }

  /** Goes on by some days; ends the chapter when that is beyond the scenario's last day. */
  later(least: number, most: number): LegalDate {
    const next = daysAfter(this.day, this.chance.between(least, most));
    if (next > this.until) throw new Untold();
    this.day = next;
    return next;
  }

  /** Goes on to a day, or stays where it is when that day is past. */
  on(day: LegalDate): void {
    if (day > this.until) throw new Untold();
    if (day > this.day) this.day = day;
  }

  open(kind: StreamKind, by: Part, command: string, data: JsonObject): Promise<Said> {
    return this.say((key) => this.stage.open(kind, { by, command, on: this.day, data }, key));
  }

  async add(kind: StreamKind, id: string, by: Part, command: string, data: JsonObject): Promise<string> {
    return (await this.say((key) => this.stage.add(kind, id, { by, command, on: this.day, data }, key))).entry;
  }

  /** Tells a chapter as far as time and law let it; false when one of them ended it. */
  async chapter(told: () => Promise<void>): Promise<boolean> {
    try {
      await told();
      return true;
    } catch (error) {
      if (error instanceof Untold) return false;
      if (!(error instanceof TurnedDown)) throw error;
      this.report.refused.set(error.ground, (this.report.refused.get(error.ground) ?? 0) + 1);
      return false;
    }
  }

  /** A reference to a file that is only told of: its digest is that of its title. */
  document(title: string): { title: string; sha256: string; date: LegalDate } {
    const full = `${title} (scenario)`;
    return {
      title: full,
      sha256: createHash('sha256').update(`${this.name} ${this.lines} ${full}`).digest('hex'),
      date: this.day,
    };
  }

  act(authority: string): { authority: string; number: string; date: LegalDate } {
    return { authority, number: `${this.chance.between(1, 900)}/${this.day.slice(0, 4)}`, date: this.day };
  }

  /** A line that is no plain command. */
  line<Answer>(line: (key: string) => Promise<Answer>): Promise<Answer> {
    return this.say(line);
  }

  private async say<Answer>(line: (key: string) => Promise<Answer>): Promise<Answer> {
    this.lines += 1;
    const said = await line(`${this.name}/${this.lines}`);
    this.report.told += 1;
    return said;
  }
}
