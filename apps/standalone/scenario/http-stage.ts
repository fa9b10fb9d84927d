import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject, LegalDate, StreamKind } from '#domain';
import { aggregates } from '#domain';
import type { Begun, CallDesk, Line, Part, Said, Stage } from '#scenario';
import { TurnedDown } from '#scenario';
import { sealFile } from '#sealing';
import type { Cast } from './cast';

type Answer = Readonly<Record<string, unknown>>;

/** How long the registry may take to write what follows from an award. */
const PROPOSAL_MS = 20_000;

/** The public command API as a stage, with every part under its own token. */
export class HttpStage implements Stage, CallDesk {
  readonly deadline: string;

  constructor(
    private readonly url: string,
    private readonly cast: Cast,
    closesAt: Date,
  ) {
    this.deadline = `${closesAt.toISOString().slice(0, 19)}Z`;
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
    const { keys } = (await this.get(`calls/${call}/sealing`)) as { keys: { publicKey: string } };
    const content = {
      answers: { plan: 'Courses, a garden and a room for the neighbourhood (scenario).' },
      attachments: [],
    };
    const { bytes, digest } = sealFile({ call, organisation, publicKey: keys.publicKey, content });
    const query = new URLSearchParams({ organisation, digest });
    const body = Buffer.from(bytes);
    const path = `calls/${call}/sealed-applications?${query.toString()}`;
    const { application } = await this.post(path, by, key, 'application/octet-stream', body);
    return { id: call, entry: String(application) };
  }

  async openApplications(call: string, by: Part, key: string): Promise<void> {
    await this.post(`calls/${call}/opening`, by, key, 'application/json', '{}');
  }

  async waitForDeadline(): Promise<void> {
    await pause(Math.max(0, Date.parse(this.deadline) - Date.now()) + 50);
  }

  async proposalOn(asset: string, call: string): Promise<string | undefined> {
    for (const until = Date.now() + PROPOSAL_MS; Date.now() < until; await pause(250)) {
      const { timeline } = (await this.get(`assets/${asset}/timeline`)) as {
        timeline: readonly { id: string; type: string; data: { call?: string } }[];
      };
      const proposal = timeline.find(({ type, data }) => type === 'AssignmentProposed' && data.call === call);
      if (proposal) return proposal.id;
    }
    return undefined;
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
    const answer = await fetch(`${this.url}/api/v1/${path}`, {
      method: 'POST',
      headers: { ...this.cast.headersOf(by), 'content-type': type, 'idempotency-key': key },
      body: body as BodyInit,
    });
    if (answer.ok) return (await answer.json()) as Answer;
    // A large scenario sends more from one address than many people would: it waits as it is told to, and sends the same again.
    if (answer.status === 429) {
      await pause(1000 * Math.max(1, Number(answer.headers.get('retry-after') ?? 1)));
      return this.post(path, by, key, type, body);
    }
    const { type: problem = '', detail } = (await answer.json()) as { type?: string; detail?: string };
    const ground = problem.replace('/problems/', '');
    const words = `${path} by ${by}: ${answer.status} ${ground}: ${detail ?? ''}`;
    if (answer.status === 409) throw new TurnedDown(ground, words);
    throw new Error(words);
  }

  private async get(path: string): Promise<unknown> {
    const answer = await fetch(`${this.url}/api/v1/${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly phase: string;
  readonly phaseSince: LegalDate | null;
  readonly seizedOn: LegalDate | null;
  readonly finalOn: LegalDate | null;
  readonly destinedOn: LegalDate | null;
  readonly location: { readonly municipality: { readonly name: string | null } | null };
}

/** Where the register knows no date, the tale begins on one that lies behind every entry it may have. */
const UNDATED = '2012-01-09';

function begun({ id, kind, phase, location, ...dates }: Listed): Begun {
  const known = [dates.phaseSince, dates.seizedOn, dates.finalOn, dates.destinedOn].filter((date) => date !== null);
  const municipality = location.municipality?.name ?? undefined;
  return {
    id,
    kind,
    phase,
    since: known.sort().at(-1) ?? UNDATED,
    ...(municipality !== undefined && { municipality: `Comune di ${municipality}` }),
  };
}
