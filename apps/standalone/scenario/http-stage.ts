import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject, LegalDate, StreamKind } from '#domain';
import { aggregates } from '#domain';
import type { Begun, CallDesk, Line, Part, PromptBook, ReturnDesk, Said, Stage } from '#scenario';
import { TurnedDown, chanceKept } from '#scenario';
import { sealFile } from '#sealing';
import type { Cast } from './cast';

type Answer = Readonly<Record<string, unknown>>;

/** How long the registry may take to write what follows from an award. */
const PROPOSAL_MS = 600_000;
/** How long the registry may take to count a return. */
const COUNT_MS = 3_600_000;
/** How often it is told to wait before it gives up. */
const ATTEMPTS = 10;

/** The public command API as a stage, with every part under its own token. */
export class HttpStage implements Stage, CallDesk, ReturnDesk {
  constructor(
    private readonly url: string,
    private readonly cast: Cast,
    readonly book: PromptBook,
    /** How long a call is open, in milliseconds. */
    private readonly openFor: number,
  ) {}

  deadline(): string {
    return `${new Date(Date.now() + this.openFor).toISOString().slice(0, 19)}Z`;
  }

  async open(kind: StreamKind, line: Line, key: string): Promise<Said> {
    const { collection } = aggregates[kind];
    const answer = await this.send(`${collection}/${line.command}`, line, key);
    return { id: String(answer[kind]), entry: String(answer.entry) };
  }

  async add(kind: StreamKind, id: string, line: Line, key: string): Promise<Said> {
    const answer = await this.send(`${aggregates[kind].collection}/${id}/${line.command}`, line, key);
    return { id, entry: String(answer.entry) };
  }

  accountOf(part: Part) {
    return this.cast.accountOf(part);
  }

  enlist(organisation: string): Promise<Part> {
    return this.cast.enlist(organisation);
  }

  async handIn(call: string, organisation: string, by: Part, key: string): Promise<Said> {
    const random = await chanceKept(this.book, `${key} sealed`);
    // After the deadline nothing is taken, not even again: what was answered is kept.
    const entry = await this.book.keep(`${key} handed in`, async () => {
      const { keys } = (await this.get(`calls/${call}/sealing`)) as { keys: { publicKey: string } };
      const content = {
        answers: { plan: 'Courses, a garden and a room for the neighbourhood (scenario).' },
        attachments: [],
      };
      const { bytes, digest } = sealFile({ call, organisation, publicKey: keys.publicKey, content, random });
      const query = new URLSearchParams({ organisation, digest });
      const path = `calls/${call}/sealed-applications?${query.toString()}`;
      return String((await this.post(path, by, key, 'application/octet-stream', Buffer.from(bytes))).application);
    });
    return { id: call, entry };
  }

  async openApplications(call: string, by: Part, key: string): Promise<void> {
    await this.book.keep(`${key} opened`, async () => {
      await this.post(`calls/${call}/opening`, by, key, 'application/json', '{}');
      return true;
    });
  }

  async waitFor(deadline: string): Promise<void> {
    await pause(Math.max(0, Date.parse(deadline) - Date.now()) + 50);
  }

  async proposalOn(asset: string, call: string): Promise<string | undefined> {
    // Pages lag behind the log under load: each look waits twice as long for the next, up to some seconds.
    for (let [wait, until] = [250, Date.now() + PROPOSAL_MS]; Date.now() < until; wait = Math.min(2 * wait, 8000)) {
      const { timeline } = (await this.get(`assets/${asset}/timeline`)) as {
        timeline: readonly { id: string; type: string; data: { call?: string } }[];
      };
      const proposal = timeline.find(({ type, data }) => type === 'AssignmentProposed' && data.call === call);
      if (proposal) return proposal.id;
      await pause(wait);
    }
    return undefined;
  }

  async pastYears(): Promise<readonly string[]> {
    const running = String(new Date().getFullYear());
    return (await this.returns()).map(({ year }) => year).filter((year) => year < running);
  }

  async figuresOf(year: string): Promise<string> {
    for (let [wait, until] = [100, Date.now() + COUNT_MS]; Date.now() < until; wait = Math.min(2 * wait, 2000)) {
      // The list tells of no figures: it is asked often, and quickly answered.
      const underWay = (await this.returns()).find((each) => each.year === year)?.underWay;
      if (underWay?.stage === 'prepared') return underWay.entry;
      await pause(wait);
    }
    throw new Error(`The annual return of ${year} was not counted.`);
  }

  private async returns(): Promise<readonly ReturnOfYear[]> {
    return ((await this.get('annual-returns')) as { years: readonly ReturnOfYear[] }).years;
  }

  /** Assets of the register, so many at most, as a tale begins with them. */
  async assets(count: number): Promise<Begun[]> {
    const found: Begun[] = [];
    let address: string | undefined = '/api/v1/assets?limit=200';
    while (address !== undefined && found.length < count) {
      const answer: Response = await fetch(this.url + address);
      const { assets } = (await answer.json()) as { assets: readonly Listed[] };
      found.push(...assets.map(begun));
      address = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]?.replace(/^https?:\/\/[^/]+/, '');
    }
    return found.slice(0, count);
  }

  private send(path: string, { by, on, data }: Line, key: string): Promise<Answer> {
    return this.post(path, by, key, 'application/json', JSON.stringify({ occurredOn: on, data } satisfies JsonObject));
  }

  private async post(path: string, by: Part, key: string, type: string, body: string | Buffer): Promise<Answer> {
    const answer = await this.asked(path, {
      method: 'POST',
      headers: { ...this.cast.headersOf(by), 'content-type': type, 'idempotency-key': key },
      body: body as BodyInit,
    });
    if (answer.ok) return (await answer.json()) as Answer;
    const { type: problem = '', detail } = (await answer.json()) as { type?: string; detail?: string };
    const ground = problem.replace('/problems/', '');
    const words = `${path} by ${by}: ${answer.status} ${ground}: ${detail ?? ''}`;
    if (answer.status === 409) throw new TurnedDown(ground, words);
    throw new Error(words);
  }

  private async get(path: string): Promise<unknown> {
    const answer = await this.asked(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Waits as it is told to, and sends the same again: a large scenario sends more than people would. */
  private async asked(path: string, request?: RequestInit): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetch(`${this.url}/api/v1/${path}`, request);
      const wait = [429, 503].includes(answer.status) && Number(answer.headers.get('retry-after') ?? 1);
      if (wait === false || attempt >= ATTEMPTS) return answer;
      await answer.body?.cancel();
      await pause(1000 * Math.max(1, wait));
    }
  }
}

interface ReturnOfYear {
  readonly year: string;
  readonly underWay: { readonly stage: string; readonly entry: string } | null;
}

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly phase: string;
  readonly purpose: string | null;
  readonly phaseSince: LegalDate | null;
  readonly seizedOn: LegalDate | null;
  readonly finalOn: LegalDate | null;
  readonly destinedOn: LegalDate | null;
  readonly location: { readonly municipality: { readonly name: string | null } | null };
}

/** Where the register knows no date, the tale begins on one that lies behind every entry it may have. */
const UNDATED = '2012-01-09';

function begun({ id, kind, phase, purpose, location, ...dates }: Listed): Begun {
  const known = [dates.phaseSince, dates.seizedOn, dates.finalOn, dates.destinedOn].filter((date) => date !== null);
  const municipality = location.municipality?.name ?? undefined;
  return {
    id,
    kind,
    phase,
    since: known.sort().at(-1) ?? UNDATED,
    ...(purpose !== null && { purpose }),
    ...(municipality !== undefined && { municipality: `Comune di ${municipality}` }),
  };
}
