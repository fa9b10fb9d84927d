import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dateOf, italy } from '#domain';
import type { JsonObject } from '#domain';
import { createBundle } from '../../apps/auditor/evidence/create';
import { verifiedBundleText, verifyBundle } from '../../apps/auditor/evidence/verify-bundle';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';

const NOTE = 'The cellar is let to others.';

describe('a bundle about an asset of which a closed field was published', () => {
  let system: TestSystem;
  let sent = 0;
  beforeAll(async () => {
    system = await aSystem();
  }, 60_000);
  afterAll(() => closed(system));

  async function record(stream: `asset-${string}`, name: string, subject: string, data: JsonObject, occurredOn = '2019-01-01') {
    const origin = { actor: { subject, agency: 'ANBSC', role: 'officer' }, source: { kind: 'form' }, idempotencyKey: `d-${(sent += 1)}`, correlationId: 'test' } as const;
    const recorded = await system.recorder.record(stream, { name, occurredOn, data }, origin);
    if (recorded.kind !== 'recorded') throw new Error(JSON.stringify(recorded));
    return recorded.entry;
  } // prettier-ignore

  /** An asset with a screening that withholds what was found. */
  async function screened(id: string) {
    const answer = await system.post(
      '/api/v1/assets',
      {
        occurredOn: '2015-03-12',
        data: { kind: 'company', title: `Cantina ${id}`, identifiers: [{ scheme: 'it-anbsc', id }] },
      },
      { 'idempotency-key': id },
    );
    const { asset } = (await answer.json()) as { asset: string };
    await record(`asset-${asset}`, 'appoint-administrator', 'rosa', { office: 'agency' });
    const entry = await record(`asset-${asset}`, 'discharge-administrator', 'rosa', { reason: 'removed', note: NOTE });
    return { asset, entry };
  }

  async function verified(asset: string) {
    expect(await system.notarising!.notary.reached(await system.store.head(), 10_000)).toBe(true);
    const file = join(system.folder, `${asset}.zip`);
    await writeFile(file, (await createBundle({ asset, log: `${system.url}/log` })).bytes);
    return verifyBundle({ file });
  }

  it('is good, and says that the field is what was recorded', async () => {
    const { asset, entry } = await screened('B-1');
    const today = dateOf(new Date().toISOString(), italy.timeZone);
    await record(
      `asset-${asset}`,
      'disclose-field',
      'ugo',
      { entry, field: 'note', reason: 'The case is closed.' },
      today,
    );
    const told = await verified(asset);
    expect(told.findings).toEqual([]);
    expect(verifiedBundleText(told)).toContain(
      `Opened    note of entry ${entry}: what the log was bound to when it was recorded`,
    );
  });

  it('is found out where whoever runs the store published something else than was recorded', async () => {
    const { asset, entry } = await screened('B-2');
    const events = await system.store.readStream(`asset-${asset}`);
    const last = events.at(-1)!;
    const forged = {
      id: '33333333-3333-5333-8333-333333333333',
      type: 'FieldDisclosed',
      version: 1,
      data: {
        entry,
        field: 'note',
        value: 'All was well.',
        salt: randomBytes(32).toString('base64url'),
        reason: 'Why not.',
      },
      metadata: { ...last.metadata, commandId: 'forged', salt: randomBytes(32).toString('base64url') },
    };
    await system.store.append(`asset-${asset}`, [forged], last.revision);
    expect((await verified(asset)).findings).toMatchObject([
      { code: 'field-differs', message: expect.stringContaining(entry) as string },
    ]);
  });
});
