import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assetIdFrom, italy } from '#domain';
import type { RecordedEvent } from '#domain';
import type { EventStore } from '#event-store';
import { openEmbeddedLog } from '#event-store';
import { importFile, mappingProfile } from '#intake';
import type { ImportSummary, RowRemark } from '#intake';
import { Recorder } from '#recording';

/** An empty log for each example, and files imported into it by one profile. */
export function intakeBy(profile: string) {
  let folder: string;
  let store: EventStore;
  let remarks: RowRemark[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'intake-'));
    store = openEmbeddedLog(join(folder, 'log.sqlite'));
    remarks = [];
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  return {
    /** Imports a file of that content. */
    imported: async (content: string | Buffer): Promise<ImportSummary> => {
      const file = join(folder, 'file.csv');
      await writeFile(file, content);
      return importFile({
        file,
        profile: mappingProfile(profile),
        recorder: new Recorder(store, { profile: italy }),
        actor: { subject: 'import', agency: 'test', role: 'import' },
        onRemark: (remark) => void remarks.push(remark),
      });
    },
    /** What the log holds of the asset that the agency knows by this code. */
    eventsOf: (code: string): Promise<RecordedEvent[]> =>
      store.readStream(`asset-${assetIdFrom('IT', 'it-anbsc', code)}`),
    head: (): Promise<number> => store.head(),
    remarks: (): readonly RowRemark[] => remarks,
  };
}
