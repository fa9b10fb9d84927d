import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import { failsWith, jsonSchemaOf, ref } from '#http';
import type { ApiPart } from '#http';
import { takesKnownAt } from '#web';
import { civicSchemas } from '../civic/schemas';
import { foundSchema } from '../search/schemas';
import {
  assetSchema,
  dossierSchema,
  entrySchema,
  registerSchema,
  stateSchema,
  timelineSchema,
} from './dossier-schemas';
import {
  changeSchema,
  indicatorsSchema,
  integritySchema,
  knownDaysSchema,
  leafSchema,
  mapSchema,
  ocdsSchema,
  pointsSchema,
} from './schemas';
import {
  annualReturnRowSchema,
  annualReturnSchema,
  annualReturnsSchema,
  returnEntriesSchema,
} from './annual-return/schemas';
import { reportSchemas } from './reports/report-schemas';

const TAG = 'queries';

const schemas = {
  ...reportSchemas,
  Asset: assetSchema,
  RegisterPage: registerSchema,
  AssetState: stateSchema,
  TimelineEntry: entrySchema,
  Dossier: dossierSchema,
  Timeline: timelineSchema,
  Indicators: indicatorsSchema,
  Integrity: integritySchema,
  Leaf: leafSchema,
  KnownDays: knownDaysSchema,
  Change: changeSchema,
  OcdsRecordPackage: ocdsSchema,
  MapFeatures: mapSchema,
  Points: pointsSchema,
  AnnualReturns: annualReturnsSchema,
  AnnualReturn: annualReturnSchema,
  AnnualReturnEntries: returnEntriesSchema,
  AnnualReturnRow: annualReturnRowSchema,
  ...civicSchemas,
  Found: foundSchema,
} as const;

/** What the public queries add to the description of the API; their paths are described at the controllers. */
export const portalApi: ApiPart = {
  tag: { name: TAG, description: 'Read the public register. Open to every page and program.' },
  inFront: {
    of: (path) => takesKnownAt(path.replace(/\{\w+\}/g, 'X')),
    parameter: {
      name: 'knownAt',
      in: 'query',
      required: false,
      description:
        'What was known at the end of this day (UTC), where `/api/v1/known-days` has it; today and later days: what is known now. With `asOf`: how it stood on that day, as known on this one.',
      schema: { type: 'string', format: 'date' },
    },
    fails: [404],
  },
  schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, jsonSchemaOf(schema)])),
};

/** Marks a controller of public queries: what is the same for each of them. */
export const Queries = (): ClassDecorator =>
  applyDecorators(
    ApiTags(TAG),
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'ETag of the answer you have; 304 when it stands.',
    }),
    ApiResponse({ status: 304, description: 'Nothing has changed since the answer whose ETag was sent' }),
    failsWith(400, 503),
  );

export interface Answer {
  readonly description: string;
  /** Schema of the JSON answer; none for an answer that is CSV alone. */
  readonly json?: {
    readonly name: keyof typeof schemas;
    readonly list?: true;
    /** Media type, where it is not application/json. */
    readonly type?: string;
  };
  /** Columns of the CSV answer, in their order. */
  readonly csv?: readonly string[];
  /** Media type of a file that is neither. */
  readonly file?: string;
  /** Neighbouring pages are in the Link header. */
  readonly paged?: true;
}

/** Says what a query answers: as JSON, as CSV, or as either by the Accept header. */
export function Answers({ description, json, csv, file, paged }: Answer): MethodDecorator {
  const schema = json?.list ? { type: 'array', items: ref(json.name) } : ref(json?.name ?? 'Asset');
  const columns = csv?.join(',') ?? '';
  return ApiResponse({
    status: 200,
    description,
    headers: {
      ETag: { description: 'Changes with the log position and the day.', schema: { type: 'string' } },
      ...(paged && { Link: { description: 'first, prev and next page (RFC 8288)', schema: { type: 'string' } } }),
    },
    content: {
      ...(json && { [json.type ?? 'application/json']: { schema } }),
      ...(file !== undefined && { [file]: { schema: { type: 'string', format: 'binary' } } }),
      ...(csv && {
        'text/csv': {
          schema: { type: 'string', description: `RFC 4180, UTF-8; the first line names the columns: ${columns}` },
          example: `${columns}\r\n`,
        },
      }),
    },
  });
}
