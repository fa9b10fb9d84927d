import { Controller, Get, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MAX_DOCUMENT_BYTES, MAX_PHOTO_BYTES, cleanPhoto, documentType, extensionOf, mediaTypeOf } from '#files';
import type { Files, MediaType, StoredFile } from '#files';
import { TAKES_FILES, failed } from '#http';
import { orProblem } from './file-problems';
import { AccessControl } from './access-control';
import { FromHere } from './from-here.guard';
import { uploadsAMinute } from './upload-rate';

/** The shelves, as Nest hands them on. */
export class RegistryFiles {
  constructor(readonly shelves: Files) {}
}

/** What an upload answers: entries name the file by `sha256`. */
export interface Uploaded extends StoredFile {
  readonly mediaType: MediaType;
  /** Of a photo, in pixels. */
  readonly width?: number;
  readonly height?: number;
}

/** Uploads of one sender in a minute; decoding a photo is the dearest thing anybody can ask of us. */
const MOST_A_MINUTE = 60;

/**
 * Takes photos and documents, which entries then name by their SHA-256. What is taken lies on the restricted shelf; it comes to the public one by
 * a published entry alone (published-files.ts). What a file is called, and what its sender says it is, is never believed and never kept.
 */
@ApiExcludeController()
@Controller('api/v1')
@UseGuards(FromHere)
export class UploadsController {
  constructor(
    private readonly files: RegistryFiles,
    private readonly access: AccessControl,
  ) {}

  @Post('photos')
  @RouteConfig({ ...TAKES_FILES, ...uploadsAMinute(MOST_A_MINUTE) })
  async photo(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Uploaded> {
    await this.access.demandAction(request, 'upload-file');
    const original = await uploadIn(request, MAX_PHOTO_BYTES);
    return orProblem(async () => {
      const { bytes, mediaType, width, height } = await cleanPhoto(original);
      const stored = await this.files.shelves.restricted.put(bytes);
      void reply.status(201);
      return { ...stored, mediaType, width, height };
    });
  }

  @Post('documents')
  @RouteConfig({ ...TAKES_FILES, ...uploadsAMinute(MOST_A_MINUTE) })
  async document(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Uploaded> {
    await this.access.demandAction(request, 'upload-file');
    const bytes = await uploadIn(request, MAX_DOCUMENT_BYTES);
    return orProblem(async () => {
      const mediaType = documentType(bytes);
      const stored = await this.files.shelves.restricted.put(bytes);
      void reply.status(201);
      return { ...stored, mediaType };
    });
  }

  /** A file for those who may read what is restricted; always to be saved, never shown within our own site. */
  @Get('files/:sha256')
  async file(
    @Param('sha256') sha256: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const admitted = await this.access.demandAction(request, 'read-file');
    if (this.access.signsIn)
      await this.access.noteReading(admitted, { what: `file:${sha256.slice(0, 64)}`, purpose: 'Opened the file' });
    const { restricted, public: open } = this.files.shelves;
    const bytes = await orProblem(async () => (await restricted.read(sha256)) ?? (await open.read(sha256)));
    if (bytes === undefined) throw failed('not-found', `There is no file ${sha256} here.`);
    const type = mediaTypeOf(bytes);
    await reply
      .headers({
        'cache-control': 'private, no-store',
        'content-disposition': `attachment; filename="${sha256.slice(0, 12)}${type ? `.${extensionOf(type)}` : ''}"`,
        'content-security-policy': "default-src 'none'; sandbox",
      })
      .type(type ?? 'application/octet-stream')
      .send(bytes);
  }
}

/** The one file of a form (RFC 7578), in its field `file`. Throws RequestFailed. */
async function uploadIn(request: FastifyRequest, most: number): Promise<Buffer> {
  const explained = 'Send one file in the field "file" of a multipart/form-data body.';
  if (!request.isMultipart()) throw failed('wrong-content-type', explained);
  // Whatever the parser throws is about what was sent: too many parts, or a body that was cut off.
  const malformed = (): never => {
    throw failed('malformed-request', explained);
  };
  const limits = { fileSize: most, files: 1, fields: 4, parts: 5, headerPairs: 20 };
  const part = await request.file({ limits }).catch(malformed);
  if (part?.fieldname !== 'file') return malformed();
  const bytes = await part.toBuffer().catch(malformed);
  // The parser ends a file at its limit; what it gives then is not what was sent.
  if (part.file.truncated || bytes.length > most)
    throw failed('too-large', `The file is larger than the ${most} bytes that are taken.`);
  return bytes;
}
