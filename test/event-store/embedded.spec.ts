import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLog } from '#event-store';
import { storeContract } from './contract';

describe('the embedded store', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'log-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  storeContract('embedded', async () => openEmbeddedLog(join(folder, `${randomUUID()}.sqlite`)));
});
