import type { OfficeLanguage, Words } from '#web';
import { addressOf, dataAddress } from '#web';
import type { PublishedTable } from './published-tables';
import type { Publication } from './publication';
import type { Resource, Value } from './rdf';

/** The catalogue of all published tables by DCAT-AP 3.0 (SEMIC), as data portals harvest it. */

export const prefixes = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

/** Authority tables of the Publications Office of the European Union, whose codes DCAT-AP asks for. */
const authority = (table: string, code: string): string => `http://publications.europa.eu/resource/authority/${table}/${code}`; // prettier-ignore

/** Languages and countries by the codes of the authority tables. */
const languageCodes = { it: 'ITA', en: 'ENG' } as const;
const countryCodes: Readonly<Record<string, string>> = { IT: 'ITA' };

/** What the catalogue says of the time the data are about. */
export interface Coverage {
  /** The first seizure; undefined where none has a date. */
  readonly from: string | undefined;
  /** When the last entry was written down; undefined in an empty log. */
  readonly modified: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

const iri = (value: string): Value => ({ iri: value });
const typed = (type: string, id: string, says: Resource['says'] = {}): Resource => ({ id, type, says });
const time = (instant: string): Value => ({ text: instant, datatype: 'xsd:dateTime' });
const day = (date: string): Value => ({ text: date, datatype: 'xsd:date' });

export function catalogueOf(tables: readonly PublishedTable[], spoken: readonly Words<OfficeLanguage>[], publication: Publication, coverage: Coverage): Resource[] {
  const { origin } = publication;
  const said = (key: (words: Words) => string): Value[] => spoken.map((words) => ({ text: key(words), language: words.language })); // prettier-ignore
  const common = commonOf(spoken, publication, coverage);
  const datasets = tables.map((table) => datasetOf(table, said, common, publication, coverage));
  const homepage = typed('foaf:Document', `${origin}/`);
  const service = typed('dcat:DataService', `${origin}/api/v1`, {
    'dct:title': said((words) => words.t('openData.package.title')),
    'dcat:endpointURL': [iri(`${origin}/api/v1`)],
    'dcat:endpointDescription': [iri(`${origin}/api/v1/openapi.json`)],
    'dcat:servesDataset': datasets.map(({ id }) => iri(id!)),
    'dct:publisher': common['dct:publisher']!,
    'dct:license': common['dct:license']!,
  });
  const catalogue = typed('dcat:Catalog', `${origin}/data/catalogue`, {
    ...common,
    'dct:title': said((words) => words.t('openData.package.title')),
    'dct:description': said((words) => words.t('openData.package.description')),
    'foaf:homepage': [homepage],
    'dcat:dataset': datasets.map(({ id }) => iri(id!)),
    'dcat:service': [iri(service.id!)],
  });
  return [catalogue, ...datasets, service];
} // prettier-ignore

/** What holds for the catalogue and for each of its datasets. */
function commonOf(spoken: readonly Words<OfficeLanguage>[], { publisher, licence }: Publication, { modified, country }: Coverage): Resource['says'] {
  const place = countryCodes[country];
  return {
    'dct:publisher': [{ type: 'foaf:Agent', says: { 'foaf:name': [{ text: publisher }] } }],
    'dct:license': [typed('dct:LicenseDocument', licence.authority)],
    'dct:language': spoken.map(({ language }) => typed('dct:LinguisticSystem', authority('language', languageCodes[language]))),
    ...(modified !== undefined && { 'dct:modified': [time(modified)] }),
    ...(place !== undefined && { 'dct:spatial': [typed('dct:Location', authority('country', place))] }),
  };
} // prettier-ignore

function datasetOf(
  table: PublishedTable,
  said: (key: (words: Words) => string) => Value[],
  common: Resource['says'],
  { origin }: Publication,
  { from }: Coverage,
): Resource {
  const { name } = table;
  const { 'dct:license': licence, ...rest } = common;
  return typed('dcat:Dataset', `${origin}/data/${name}`, {
    ...rest,
    'dct:title': said((words) => words.t(`openData.table.${name}.title`)),
    'dct:description': said((words) => words.t(`openData.table.${name}.description`)),
    'dct:identifier': [{ text: `${origin}/data/${name}` }],
    'dct:accrualPeriodicity': [typed('dct:Frequency', authority('frequency', 'CONT'))],
    'dct:accessRights': [typed('dct:RightsStatement', authority('access-right', 'PUBLIC'))],
    'dcat:theme': [typed('skos:Concept', authority('data-theme', 'JUST'), { 'skos:prefLabel': [{ text: 'Justice, legal system and public safety', language: 'en' }] })],
    'dcat:landingPage': [typed('foaf:Document', origin + addressOf('en', { page: 'data' }))],
    ...(from !== undefined && { 'dct:temporal': [{ type: 'dct:PeriodOfTime', says: { 'dcat:startDate': [day(from)] } }] }),
    'dcat:distribution': distributionsOf(table, said, origin, licence!),
  });
} // prettier-ignore

/** The forms each table has. */
const formats = {
  csv: { code: 'CSV', media: 'text/csv' },
  xlsx: { code: 'XLSX', media: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  json: { code: 'JSON', media: 'application/json' },
  geojson: { code: 'GEOJSON', media: 'application/geo+json' },
} as const;

function distributionsOf(
  table: PublishedTable,
  said: (key: (words: Words) => string) => Value[],
  origin: string,
  licence: readonly Value[],
): Resource[] {
  const { name } = table;
  return (Object.keys(formats) as (keyof typeof formats)[]).flatMap((format) => {
    const lies = table.at[format];
    if (lies === undefined) return [];
    const { code, media } = formats[format];
    const address = origin + lies;
    return typed('dcat:Distribution', address, {
      'dct:title': said((words) => `${words.t(`openData.table.${name}.title`)} (${code})`),
      'dct:description': said((words) => words.t(`openData.table.${name}.description`)),
      'dcat:accessURL': [iri(address)],
      'dcat:downloadURL': [iri(address)],
      'dct:format': [typed('dct:MediaTypeOrExtent', authority('file-type', code))],
      'dcat:mediaType': [typed('dct:MediaType', `https://www.iana.org/assignments/media-types/${media}`)],
      'dct:license': licence,
      ...(format === 'csv' && { 'dct:conformsTo': [typed('dct:Standard', origin + dataAddress.dataPackage('en'))] }),
    });
  });
}
