import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordScene, scene } from '../api/civic-scene';
import { italy } from '#domain';
import { aPortal, anywhere } from '../api/portal';
import type { TestPortal } from '../api/portal';
import { startPortal } from '../../apps/portal/server';
import { CANARY, euro, recordEstate } from '../reuse/estate';
import type { Estate } from '../reuse/estate';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type Said = Record<string, Json>;
interface Party {
  readonly id: string;
  readonly name: string;
  readonly roles?: readonly string[];
}
interface Transaction {
  readonly id: string;
  readonly value: { readonly amount: number; readonly currency: string };
  readonly payer: Party;
  readonly payee: Party;
}
interface Contracting {
  readonly ocid: string;
  readonly id: string;
  readonly date: string;
  readonly tag: readonly string[];
  readonly initiationType: string;
  readonly buyer: Party;
  readonly parties: readonly Party[];
  readonly tender: Said & { readonly status: string; readonly tenderers?: readonly Party[] };
  readonly awards?: readonly { readonly id: string; readonly suppliers: readonly Party[] }[];
  readonly contracts?: readonly {
    readonly id: string;
    readonly awardID: string;
    readonly value: { readonly amount: number };
    readonly implementation?: { readonly transactions: readonly Transaction[] };
  }[];
}
interface RecordPackage {
  readonly version: string;
  readonly publisher: Readonly<Record<string, string>>;
  readonly publishedDate: string;
  readonly uri: string;
  readonly records: readonly { ocid: string; releases: Contracting[]; compiledRelease: Contracting }[];
}

/** Merging by the rules of the standard (OCDS 1.1, merging): lists of things with ids by their ids, other lists whole, everything else the latest. */
function merge(one: Json | undefined, other: Json): Json {
  const isObject = (value: Json | undefined): value is Said => typeof value === 'object' && value !== null && !Array.isArray(value); // prettier-ignore
  if (isObject(one) && isObject(other)) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return Object.fromEntries(names.map((name) => [name, name in other ? merge(one[name], other[name]!) : one[name]!]));
  }
  if (Array.isArray(one) && Array.isArray(other) && other.every((each) => isObject(each) && 'id' in each)) {
    const ids = [...new Set([...one, ...other].map((each) => (each as Said).id))];
    const of = (list: Json[], id: Json | undefined): Json | undefined => list.find((each) => (each as Said).id === id);
    return ids.map((id) => (of(other, id) === undefined ? of(one, id)! : merge(of(one, id), of(other, id)!)));
  }
  return other;
}

function mergedOf(releases: readonly Contracting[]): Said {
  const inOrder = [...releases].sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
  return inOrder.reduce<Said>((so, release) => merge(so, substance(release)) as Said, {});
}

/** A release without what is left out when it is merged. */
function substance(release: Contracting): Said {
  const { id: _i, date: _d, tag: _t, ...rest } = release as unknown as Said;
  return rest;
}

describe('contracting processes by OCDS 1.1', () => {
  let folder: string;
  let portal: TestPortal;
  let estate: Estate;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ocds-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    estate = await recordEstate(portal.store);
    await recordScene(portal.store, '2026-11-02T09:30:00.000Z');
    const { allocations } = (await (await settledGet(`/api/v1/assets/${estate.farm}/money`)).json()) as { allocations: { commitments: { id: string; supplier: { name: string } }[] }[] }; // prettier-ignore
    const small = allocations.flatMap(({ commitments }) => commitments).find(({ supplier }) => supplier.name.startsWith('Agraria'))!; // prettier-ignore
    const reduction = { commitment: small.id, amount: euro(249_900), reason: 'Meno attrezzi.' };
    await portal.record('E-1', { command: 'reduce-commitment', on: '2018-06-01', data: reduction });
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  const settledGet = async (path: string): Promise<Response> => {
    await portal.settled();
    return portal.get(path);
  };
  const packageOf = async (path: string): Promise<RecordPackage> => {
    const answer = await portal.get(`/api/v1/ocds/${path}`);
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as RecordPackage;
  };

  it('tells of each commitment what merging its releases comes to', async () => {
    for (const asset of [estate.farm, estate.school]) {
      const { version, records } = await packageOf(`assets/${asset}`);
      expect(version).toBe('1.1');
      for (const { ocid, releases, compiledRelease } of records) {
        expect([ocid, mergedOf(releases)]).toEqual([ocid, substance(compiledRelease)]);
        expect(compiledRelease.tag).toEqual(['compiled']);
      }
    }
  });

  it('adds up to the money trail of the asset', async () => {
    const { records } = await packageOf(`assets/${estate.farm}`);
    const { allocations } = (await (await portal.get(`/api/v1/assets/${estate.farm}/money`)).json()) as { allocations: { commitments: { id: string; committed: number; paid: number }[] }[] }; // prettier-ignore
    const commitments = allocations.flatMap((allocation) => allocation.commitments);
    expect(commitments.length).toBe(2);
    const told = records.map(({ compiledRelease: { contracts = [] } }) => {
      const [contract] = contracts;
      const paid = (contract!.implementation?.transactions ?? []).reduce(
        (sum, { value, payer }) => sum + (payer.id === 'ANBSC' ? value.amount : -value.amount), 0); // prettier-ignore
      return [contract!.id, Math.round(contract!.value.amount * 100), Math.round(paid * 100)];
    });
    expect(told).toEqual(commitments.map(({ id, committed, paid }) => [id, committed, paid]));
    expect(told.map(([, committed]) => committed)).toEqual([18_000_050, 1_000_000]);
    const tags = records.flatMap(({ releases }) => releases.flatMap(({ tag }) => tag));
    expect(tags).toEqual(['contract', 'implementation', 'implementation', 'contract', 'contractAmendment']);
  });

  it.each(['awarded', 'deserted', 'open'] as const)('tells of a call that is %s what its releases come to', async (name) => {
    const { records } = await packageOf(`calls/${scene[name]}`);
    const [{ releases, compiledRelease }] = records as [RecordPackage['records'][number]];
    expect(mergedOf(releases)).toEqual(substance(compiledRelease));
    const status = { awarded: 'complete', deserted: 'unsuccessful', open: 'active' }[name];
    expect(compiledRelease.tender.status).toBe(status);
    expect(compiledRelease.awards?.map(({ suppliers }) => suppliers.map(({ id }) => id)) ?? []).toEqual(name === 'awarded' ? [[scene.mare]] : []);
  }); // prettier-ignore

  it('says of ids that nobody registered them, until the publisher has a prefix and is known by an id', async () => {
    const path = `calls/${scene.awarded}`;
    const unregistered = await packageOf(path);
    expect(unregistered.records[0]!.ocid).toBe(`unregistered-call-${scene.awarded}`);
    const publisherId = { scheme: 'IT-CF', uid: '80000000000' };
    const terms = { publisher: 'Comune', licence: 'CC-BY-4.0', ocdsPrefix: 'ocds-a1b2c3', publisherId } as const;
    const known = await startPortal({ where: anywhere, profile: italy, terms }, { kind: 'sqlite', path: join(folder, 'read.sqlite') });
    const answer = (await (await fetch(`${known.url}/api/v1/ocds/${path}`)).json()) as RecordPackage;
    await known.close();
    const [record] = answer.records;
    expect(record!.ocid).toBe(`ocds-a1b2c3-call-${scene.awarded}`);
    expect(JSON.stringify(record)).toContain(`ocds-a1b2c3-call-${scene.deserted}`);
    expect(JSON.stringify(record)).not.toContain('unregistered');
    expect(answer.publisher).toEqual({ name: 'Comune', ...publisherId, uri: known.url });
  }); // prettier-ignore

  it('names applicants once they are opened, and not before', async () => {
    const tenderers = async (id: string) => (await packageOf(`calls/${id}`)).records[0]!.compiledRelease.tender.tenderers?.length; // prettier-ignore
    expect(await tenderers(scene.awarded)).toBe(3);
    const open = JSON.stringify(await packageOf(`calls/${scene.open}`));
    for (const secret of [scene.terra, CANARY]) expect(open).not.toContain(secret);
  });

  it('keeps the rules readers depend on', async () => {
    const packages = [await packageOf(`assets/${estate.farm}`), await packageOf(`calls/${scene.awarded}`)];
    for (const { uri, publishedDate, records } of packages) {
      expect((await fetch(uri)).status).toBe(200);
      expect(new Date(publishedDate).toISOString()).toBe(publishedDate);
      for (const { ocid, releases, compiledRelease } of records) {
        const all = [...releases, compiledRelease];
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
        for (const release of all) {
          expect(release.ocid).toBe(ocid);
          expect([release.initiationType, release.tag.length, release.id.includes('#')]).toEqual(['tender', 1, false]);
          for (const { id, awardID } of release.contracts ?? []) expect([id, typeof awardID]).toEqual([id, 'string']);
        }
        const known = new Set(compiledRelease.parties.map(({ id }) => id));
        const { buyer, awards = [], contracts = [], tender } = compiledRelease;
        const payments = contracts.flatMap(({ implementation }) => implementation?.transactions ?? []);
        const named = [buyer, ...awards.flatMap(({ suppliers }) => suppliers), ...(tender.tenderers ?? []), ...payments.flatMap(({ payer, payee }) => [payer, payee])]; // prettier-ignore
        expect(named.filter(({ id }) => !known.has(id))).toEqual([]);
        for (const { awardID } of contracts) expect(awards.map(({ id }) => id)).toContain(awardID);
      }
    }
  });

  it('says so where there is none', async () => {
    expect((await portal.get(`/api/v1/ocds/calls/${scene.draft}`)).status).toBe(404);
    const none = await portal.get(`/api/v1/ocds/assets/${scene.villa}`);
    expect([none.status, ((await none.json()) as { detail: string }).detail]).toEqual([404, expect.stringContaining('No public money was committed')]); // prettier-ignore
  });
});
