import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import type { Actor, Profile } from '#domain';
import { samePerson } from '#domain';
import type { EventStore } from '#event-store';
import { EventStoreError } from '#event-store';
import { ImportError, importFile, mappingProfile } from '#intake';
import type { ImportSummary, RowRemark } from '#intake';
import { Overlay, Recorder } from '#recording';
import type { ImportView } from '#web';
import type { OfficeAccess } from './access';

/** The largest file that is imported in the browser, in megabytes; the command takes larger ones. */
export const IMPORT_MEGABYTES = 20;

/** So many problems stand on the page; the file has all. */
const PROBLEMS_SHOWN = 200;
/** So many imports are remembered, with their files of problems. */
const REMEMBERED = 20;

interface Job extends Omit<ImportView, 'state' | 'progress' | 'rows' | 'summary' | 'problems' | 'failure'> {
  readonly actor: Actor;
  readonly path: string;
  state: ImportView['state'];
  progress: number;
  rows: number;
  summary?: ImportSummary;
  problems: RowRemark[];
  failure?: string;
}

/** Imports by browser: one at a time, first without writing, then for good. They live as long as the process; what they recorded is in the log. */
@Injectable()
export class Imports implements OnModuleDestroy {
  private readonly logger = new Logger('Import');
  private readonly jobs = new Map<string, Job>();

  constructor(
    private readonly store: EventStore,
    private readonly recorder: Recorder,
    private readonly profile: Profile,
    private readonly access: OfficeAccess,
  ) {}

  get busy(): boolean {
    return [...this.jobs.values()].some(({ state }) => state === 'checking' || state === 'importing');
  }

  /** A new folder for one file. */
  folder(): Promise<string> {
    return mkdtemp(join(tmpdir(), 'registry-import-'));
  }

  /** Begins to check a file that lies in a folder of its own; answers the id of the import. */
  check(path: string, profile: string, actor: Actor): string {
    const id = randomUUID();
    const job: Job = { id, file: basename(path), profile, actor, path, state: 'checking', progress: 0, rows: 0, problems: [] };
    this.jobs.set(id, job);
    void this.forgetOld();
    void this.run(job, new Recorder(new Overlay(this.store), { profile: this.profile }), 'checked');
    return id;
  } // prettier-ignore

  /** Begins to record what was checked; false where that is not the next step. */
  go(id: string, actor: Actor): boolean {
    const job = this.of(id, actor);
    if (job?.state !== 'checked' || this.busy) return false;
    Object.assign(job, { state: 'importing', progress: 0, rows: 0, problems: [] });
    void this.run(job, this.recorder, 'done');
    return true;
  }

  /** An import of this person's. */
  of(id: string, actor: Actor): Job | undefined {
    const job = this.jobs.get(id);
    return job && samePerson(job.actor, actor) ? job : undefined;
  }

  /** Where all problems of an import are, as CSV. */
  problemsOf({ path }: Pick<Job, 'path'>): string {
    return join(dirname(path), 'problems.csv');
  }

  async onModuleDestroy(): Promise<void> {
    for (const job of this.jobs.values()) await rm(dirname(job.path), { recursive: true, force: true });
  }

  private async run(job: Job, recorder: Recorder, then: 'checked' | 'done'): Promise<void> {
    const sheet = stringify({ escape_formulas: true });
    const written = finished(sheet.pipe(createWriteStream(this.problemsOf(job))));
    let headed = false;
    try {
      job.summary = await importFile({
        file: job.path,
        profile: mappingProfile(job.profile),
        recorder,
        actor: { ...job.actor, role: 'import' },
        mayAdd: async (asset) => this.access.mayImport(job.actor, (await recorder.situation('asset', asset)).keeper),
        onProgress: ({ rows, bytes, ofBytes }) => Object.assign(job, { rows, progress: bytes / ofBytes }),
        onRemark: (remark, values, header) => {
          if (!headed) sheet.write(['row', 'kind', 'column', 'value', 'reason', ...header]);
          headed = true;
          sheet.write([String(remark.row), remark.kind, remark.column, remark.value, remark.reason, ...values]);
          if (job.problems.length < PROBLEMS_SHOWN) job.problems.push(remark);
        },
      });
      job.state = then;
    } catch (error) {
      job.state = 'failed';
      job.failure = this.inWords(error, job);
    }
    sheet.end();
    await written.catch((error: unknown) => this.logger.warn(error));
    if (job.state !== 'checked') await rm(job.path, { force: true });
  }

  /** What a person can do something about is said; the rest is for the log of the process. */
  private inWords(error: unknown, { path, file }: Job): string {
    if (error instanceof ImportError || error instanceof EventStoreError) return error.message.replaceAll(path, file);
    this.logger.error(error);
    return 'The import failed for a reason that lies with this program. It was noted.';
  }

  private async forgetOld(): Promise<void> {
    const over = [...this.jobs.values()].filter(({ state }) => state !== 'checking' && state !== 'importing');
    for (const job of over.slice(0, Math.max(0, this.jobs.size - REMEMBERED))) {
      this.jobs.delete(job.id);
      await rm(dirname(job.path), { recursive: true, force: true });
    }
  }
}
