import { Module } from '@nestjs/common';
import type { Provider } from '@nestjs/common';
import { Type } from '@sinclair/typebox';
import type { JsonObject } from '#domain';
import type { Files } from '#files';
import { acceptForms, jsonSchemaOf, problemResponses, ref } from '#http';
import type { ApiPart, Operation } from '#http';
import type { Room } from '#process';
import type { RegistrySettings } from './settings';
import { countUploads } from './upload-rate';
import { RegistryFiles, UploadsController } from './uploads.controller';

@Module({})
class FilesModule {}

/** Files on the agency side: uploads, and reading what is restricted. */
export const filesRoom = (files: Files, settings: RegistrySettings, guards: readonly Provider[]): Room => ({
  module: {
    module: FilesModule,
    controllers: [UploadsController],
    providers: [...guards, { provide: RegistryFiles, useValue: new RegistryFiles(files) }],
  },
  api: filesApi,
  prepare: async (server) => {
    await acceptForms(server);
    countUploads(server, settings);
  },
});

const uploaded = Type.Object(
  {
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'What entries name the file by.' }),
    size: Type.Integer({ minimum: 1, description: 'Bytes, as kept.' }),
    mediaType: Type.String({ description: 'As found in the content.' }),
    width: Type.Optional(Type.Integer({ minimum: 1, description: 'Of a photo, in pixels.' })),
    height: Type.Optional(Type.Integer({ minimum: 1, description: 'Of a photo, in pixels.' })),
  },
  { description: 'A file that was taken.' },
);

const upload = (operationId: string, summary: string, description: string): Operation => ({
  operationId,
  tags: ['files'],
  summary,
  description,
  requestBody: {
    required: true,
    content: {
      'multipart/form-data': {
        schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
      },
    },
  },
  responses: {
    201: { description: 'Taken.', content: { 'application/json': { schema: ref('Uploaded') } } },
    ...problemResponses([400, 403, 413, 415, 422, 429, 500, 507]),
  },
});

const digest: JsonObject = {
  name: 'sha256',
  in: 'path',
  required: true,
  description: 'SHA-256 of the file.',
  schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  example: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
};

const filesApi: ApiPart = {
  tag: { name: 'files', description: 'Hand in photos and documents, which entries then name by their SHA-256.' },
  schemas: { Uploaded: jsonSchemaOf(uploaded) },
  gets: {
    '/api/v1/files/{sha256}': {
      operationId: 'restrictedFile',
      tags: ['files'],
      summary: 'A file, for those who may read what is restricted.',
      description: 'To be saved. What everybody may have lies under /files.',
      parameters: [digest],
      responses: {
        200: {
          description: 'The file.',
          content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
        },
        ...problemResponses([400, 403, 404, 500]),
      },
    },
  },
  posts: {
    '/api/v1/photos': upload(
      'uploadPhoto',
      'Hand in a photo.',
      'JPEG, PNG or WebP, at most 20 MiB and 50 megapixels. It is written anew without metadata, at most 2048 pixels on a side; the original is not kept.',
    ),
    '/api/v1/documents': upload(
      'uploadDocument',
      'Hand in a document.',
      'PDF, signed document, OpenDocument, Word or Excel file or picture, at most 25 MiB; kept as it is, for officers and auditors until an entry publishes it.',
    ),
  },
};
