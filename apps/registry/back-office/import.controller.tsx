import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { profileNames } from '#intake';
import { ImportJobPage, ImportStartPage, importAddress } from '#web';
import { fromOwnPage } from './access';
import { bodyOf } from './form-bodies';
import { IMPORT_MEGABYTES, Imports } from './imports';
import { IMPORT, Office } from './office';
import type { Visit } from './office';

/** Files of other agencies, imported in the browser: check first, then record. */
@ApiExcludeController()
@Controller('office/import')
export class ImportController {
  constructor(
    private readonly office: Office,
    private readonly imports: Imports,
  ) {}

  @Get()
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request, reply);
    if (visit) await this.ask(visit);
  }

  @Post()
  async check(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request, reply);
    if (!visit) return;
    if (!fromOwnPage(request)) return this.office.say(visit, 'foreign');
    const { t } = visit.words;
    const folder = await this.imports.folder();
    const { token, profile, path, tooLarge } = await uploaded(request, folder);
    const fault =
      (!this.office.knows(visit, token) && t('office.outdated')) ||
      (this.imports.busy && t('office.import.busy')) ||
      (!profileNames().includes(profile) && t('office.import.noProfile')) ||
      (tooLarge && t('office.import.tooLarge')) ||
      (path === undefined && t('office.import.noFile'));
    if (fault || path === undefined) {
      await rm(folder, { recursive: true, force: true });
      return this.ask(visit, fault || undefined, profile);
    }
    await reply.redirect(importAddress.job(this.imports.check(path, profile, visit.actor)), 303);
  }

  @Get(':id')
  async job(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request, reply);
    if (!visit) return;
    const job = this.imports.of(id, visit.actor);
    if (!job) return this.office.say(visit, 'missing');
    const { failure } = job;
    const again = failure !== undefined && `${failure} ${visit.words.t('office.import.again')}`;
    const view = { ...job, ...(again && { failure: again }) };
    await this.office.show(visit, <ImportJobPage view={view} context={visit.context} />);
  }

  @Post(':id')
  async go(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request, reply);
    if (!visit) return;
    const { posted } = await bodyOf(request);
    if (!fromOwnPage(request)) return this.office.say(visit, 'foreign');
    if (!this.imports.of(id, visit.actor)) return this.office.say(visit, 'missing');
    // A second press finds it under way, and a form of another process is asked for once more.
    if (this.office.knows(visit, posted.one('token'))) this.imports.go(id, visit.actor);
    await reply.redirect(importAddress.job(id), 303);
  }

  @Get(':id/problems.csv')
  async problems(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request, reply);
    if (!visit) return;
    const job = this.imports.of(id, visit.actor);
    if (!job || job.problems.length === 0) return this.office.say(visit, 'missing');
    await reply
      .type('text/csv; charset=utf-8')
      .headers({ 'cache-control': 'no-store', 'content-disposition': 'attachment; filename="problems.csv"' })
      .send(createReadStream(this.imports.problemsOf(job)));
  }

  private async visit(request: FastifyRequest, reply: FastifyReply): Promise<Visit | undefined> {
    const visit = await this.office.visit(request, reply);
    if (!visit || this.office.mayDo(visit, 'asset', IMPORT)) return visit;
    await this.office.refuse(visit, 'asset', IMPORT);
    return undefined;
  }

  private ask(visit: Visit, fault?: string, chosen = ''): Promise<void> {
    const view = {
      profiles: profileNames(),
      megabytes: IMPORT_MEGABYTES,
      chosen,
      busy: this.imports.busy,
      ...(fault !== undefined && { fault }),
    };
    const page = <ImportStartPage view={view} context={visit.context} />;
    return this.office.show(visit, page, fault === undefined ? 200 : 422);
  }
}

interface Upload {
  readonly token: string;
  readonly profile: string;
  /** Undefined where there was no file, or an empty one. */
  readonly path: string | undefined;
  readonly tooLarge: boolean;
}

/** Writes the file of a form into a folder, under its own name as far as that is a harmless one. */
async function uploaded(request: FastifyRequest, folder: string): Promise<Upload> {
  const fields = new Map<string, string>();
  let path: string | undefined;
  let tooLarge = false;
  if (!request.isMultipart()) return { token: '', profile: '', path, tooLarge };
  for await (const part of request.parts({ limits: { fileSize: IMPORT_MEGABYTES * 1024 * 1024, files: 1 } })) {
    if (part.type === 'field') {
      fields.set(part.fieldname, typeof part.value === 'string' ? part.value : '');
      continue;
    }
    const name = part.filename.replace(/^.*[\\/]/, '').replace(/[^\p{L}\p{N}._ -]/gu, '_');
    const target = join(folder, `${name.replace(/^\.+|\.csv$/gi, '').slice(0, 100) || 'file'}.csv`);
    await pipeline(part.file, createWriteStream(target));
    tooLarge ||= part.file.truncated;
    if (part.file.bytesRead > 0 && part.filename !== '') path = target;
  }
  return { token: fields.get('token') ?? '', profile: fields.get('profile') ?? '', path, tooLarge };
}
