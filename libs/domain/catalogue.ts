import type { TObject, TSchema } from '@sinclair/typebox';
import { grounds } from './refusal';
import { CLASSIFICATION, OPENS } from './schema/fields';
import type { Opening } from './schema/fields';
import { aggregates, streamKinds } from './streams';
import type { StreamKind } from './surroundings';

const streamTitles: Record<StreamKind, string> = {
  asset: 'the dossier of an asset',
  organisation: 'an organisation',
  call: 'a call for organisations to apply for assets',
  dialogue: 'a contribution of the public and its answers',
  group: 'a multi-stakeholder group',
  account: 'an account: who may use the registry, and for what',
  return: 'the annual return of a year',
};

/** The event catalogue as Markdown, from the definitions: the text of docs/event-catalogue.md. */
export function eventCatalogue(): string {
  const lines = [
    '# Event catalogue',
    '',
    'Written by `npm run docs` from the definitions in `libs/domain`. Every entry also has `occurredOn`, the date on which it happened.',
    '',
  ];
  for (const kind of streamKinds) {
    const { collection, commands } = aggregates[kind];
    lines.push(`## \`${kind}-<id>\`: ${streamTitles[kind]}`, '', `In the API: \`/api/v1/${collection}\`.`, '');
    let chapter: string | undefined;
    for (const { definition, command, chapter: own } of commands.values()) {
      if (own !== chapter) lines.push(`### ${titled(own)}`, '');
      chapter = own;
      const { type, version, description, source, data } = definition;
      lines.push(
        `#### ${type}`,
        '',
        description,
        '',
        `Command \`${command}\`, schema version ${version}. Source: ${source}.`,
        '',
        ...fieldTable(data),
        '',
      );
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

const titled = (chapter: string): string => `${chapter.charAt(0).toUpperCase()}${chapter.slice(1)}`;

function fieldTable({ properties, required = [] }: TObject): string[] {
  const rows = Object.entries(properties).map(([name, schema]) => {
    const need = schema.readOnly === true ? 'filled in' : required.includes(name) ? 'yes' : '';
    return `| \`${name}\` | ${typeOf(schema)} | ${need} | ${seenBy(schema)} | ${schema.description ?? ''} |`;
  });
  return [
    '| field | type | required | who may see it | meaning |',
    '|---|---|---|---|---|',
    ...(rows.length > 0 ? rows : ['| — | | | | |']),
  ];
}

const opening: Record<Opening, string> = {
  never: '',
  'by-decision': ', opens by decision',
  'by-delay': ', opens by decision or when its time has passed',
};

const seenBy = (schema: TSchema): string =>
  `${String(schema[CLASSIFICATION])}${opening[(schema[OPENS] as Opening | undefined) ?? 'never']}`;

function typeOf(schema: TSchema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((code) => `\`${String(code)}\``).join(', ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items as TSchema)}`;
  if (schema.type === 'object') return `{ ${Object.keys((schema as TObject).properties).join(', ')} }`;
  if (schema.format === 'legal-date') return 'date';
  if (typeof schema.format === 'string' && schema.format.endsWith('-id'))
    return `id of the ${schema.format.slice(0, -3)}`;
  return typeof schema.type === 'string' ? schema.type : 'any';
}

/** Every ground on which an entry can be refused, as Markdown: the text of docs/rules.md. */
export function rulesTable(): string {
  const rows = Object.entries(grounds).map(
    ([code, { rule, source, message }]) =>
      `| ${rule ?? ''} | \`${code}\` | ${message.replaceAll('|', '\\|')} | ${source} |`,
  );
  return `${[
    '# Grounds for refusal',
    '',
    'Written by `npm run docs` from `libs/domain/grounds/`. The number is that of the rule in the law of the domain.',
    '',
    '| rule | code | what a person reads | source |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')}\n`;
}
