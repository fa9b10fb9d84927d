import { isAssetId, isIdOf } from '#domain';
import {
  areaNames, areasWith, assetsByArea, callList, dialogueList, groupList, idsByCode, mapLevels, newsById, organisationList, positionOf, registerItems, registerSlice, wordsOf,
} from '#read-models'; // prettier-ignore
import type { AreaName, CallItem, DialogueItem, GroupItem, News, OrganisationItem, RegisterItem, Run, Slice } from '#read-models'; // prettier-ignore
import type { Reading } from '../reading';

/** So many of each kind are shown; its list has the others. */
export const SHOWN = 3;
const AREAS_SHOWN = 5;
/** Counting stops here: nobody reads on, and counting costs time. */
const COUNTED = 1000;
/** While something is written, names of areas are read anew after so long, and whoever asks meanwhile is told from those there were: they change seldom, and go through all municipalities. */
const NAMES_KEPT_MS = 60_000;

/** The first of a kind that have the words, and how many there are. */
export interface Part<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  /** The total is at least so much: counting stopped there. */
  readonly totalIsMinimum: boolean;
}

export interface FoundArea extends AreaName {
  readonly assets: number;
}

/** What was found of each kind. */
export interface Kinds {
  readonly assets: Part<RegisterItem>;
  readonly areas: Part<FoundArea>;
  readonly organisations: Part<OrganisationItem>;
  readonly calls: Part<CallItem>;
  readonly dialogues: Part<DialogueItem>;
  readonly groups: Part<GroupItem>;
}

/** What is called exactly as was asked: by its id, by a code of another register, or by the id of an entry. */
export interface Exactly {
  readonly assets: readonly RegisterItem[];
  readonly organisations: readonly OrganisationItem[];
  readonly calls: readonly CallItem[];
  readonly dialogues: readonly DialogueItem[];
  readonly groups: readonly GroupItem[];
  readonly entry: News | null;
}

export interface Found {
  readonly exactly: Exactly;
  readonly kinds: Kinds;
  /** Log position the answer is true for. */
  readonly position: number;
}

interface Names {
  readonly names: readonly AreaName[];
  /** Log position they were read at. */
  readonly position: number;
  readonly at: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const AT_MOST: Run = { limit: SHOWN, atMost: COUNTED };

/** Looks for words in everything the registry publishes. */
export class Search {
  private names: Promise<Names> | undefined;

  constructor(private readonly reading: Reading) {}

  /** Everything that has all of these words. Throws NotBuiltYet. */
  async for(text: string): Promise<Found> {
    const { database } = this.reading;
    const now = this.reading.now();
    const position = await positionOf(database);
    const none = wordsOf(text).length === 0;
    const civic = async <Item>(list: (run: Run) => Promise<Slice<Item>>): Promise<Part<Item>> =>
      none ? nothing : partOf(await list(AT_MOST));
    const names = await this.areaNames(position);
    const [exactly, { counted, assets }, areas, organisations, calls, dialogues, groups] = await Promise.all([
      this.exactly(text.trim()),
      none ? { counted: position, assets: nothing } : this.assets(text, position),
      this.areas(names, wordsOf(text)),
      civic((run) => organisationList(database, { text }, now, run)),
      civic((run) => callList(database, { text }, now, run)),
      civic((run) => dialogueList(database, { text }, now, run)),
      civic((run) => groupList(database, { text }, now, run)),
    ]);
    const kinds = { assets, areas, organisations, calls, dialogues, groups };
    return { exactly, kinds, position: Math.min(position, counted, names.position) };
  }

  /** The regions with most assets, for who does not know what to look for. */
  async examples(atMost: number): Promise<{ readonly names: readonly string[]; readonly position: number }> {
    const { areas, position } = await assetsByArea(this.reading.database, 'region', {});
    const named = areas.filter(({ code, name }) => code !== '' && name !== '');
    return { names: named.slice(0, atMost).map(({ name }) => name), position };
  }

  private async assets(text: string, position: number): Promise<{ counted: number; assets: Part<RegisterItem> }> {
    const query = { text, limit: SHOWN };
    const [{ items }, { answer, position: counted }] = await Promise.all([
      registerSlice(this.reading.database, query),
      this.reading.registerTotal(query, position),
    ]);
    return { counted, assets: { items, ...answer } };
  }

  private async areas({ names }: Names, words: readonly string[]): Promise<Part<FoundArea>> {
    const all = areasWith(names, words);
    const shown = all.slice(0, AREAS_SHOWN);
    const counts = new Map<string, number>();
    for (const level of mapLevels) {
      const codes = shown.filter((area) => area.level === level).map(({ code }) => code);
      const { areas } = await assetsByArea(this.reading.database, level, {}, codes);
      for (const { code, assets } of areas) counts.set(code, assets);
    }
    const items = shown.map((area) => ({ ...area, assets: counts.get(area.code) ?? 0 }));
    return { items, total: all.length, totalIsMinimum: false };
  }

  private async areaNames(position: number): Promise<Names> {
    const before = await this.names;
    const fresh = before && (before.position >= position || performance.now() - before.at < NAMES_KEPT_MS);
    if (fresh) return before;
    const anew = areaNames(this.reading.database).then((names) => ({ names, position, at: performance.now() }));
    this.names = before ? Promise.resolve({ ...before, at: performance.now() }) : anew;
    anew.then(() => (this.names = anew)).catch(() => (this.names = undefined));
    return before ?? anew;
  }

  private async exactly(text: string): Promise<Exactly> {
    const { database } = this.reading;
    const id = text.toUpperCase();
    const assets = isAssetId(id) ? [id] : await idsByCode(database, 'register', text);
    const organisations = isIdOf('organisation', id) ? [id] : await idsByCode(database, 'organisations', text);
    const now = this.reading.now();
    const one = <Item extends { readonly id: string }>(list: (query: { text: string }, run: Run) => Promise<Slice<Item>>) =>
      async (each: string): Promise<readonly Item[]> => (await list({ text: each }, AT_MOST)).items.filter((item) => item.id === each);
    const organisation = one((query, run) => organisationList(database, query, now, run));
    return {
      assets: [...(await registerItems(database, assets.slice(0, SHOWN))).values()],
      organisations: (await Promise.all(organisations.slice(0, SHOWN).map(organisation))).flat(),
      calls: isIdOf('call', id) ? await one((query, run) => callList(database, query, now, run))(id) : [],
      dialogues: isIdOf('dialogue', id) ? await one((query, run) => dialogueList(database, query, now, run))(id) : [],
      groups: isIdOf('group', id) ? await one((query, run) => groupList(database, query, now, run))(id) : [],
      entry: UUID.test(text) ? ((await newsById(database, [text.toLowerCase()], 1))[0] ?? null) : null,
    };
  } // prettier-ignore
}

const nothing: Part<never> = { items: [], total: 0, totalIsMinimum: false };

const partOf = <Item>({ items, total }: Slice<Item>): Part<Item> => ({
  items,
  total,
  totalIsMinimum: total === COUNTED,
});
