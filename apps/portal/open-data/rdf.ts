/** A small graph (RDF 1.1), written as JSON-LD 1.1 and as Turtle from the same description, so that the two cannot tell two stories. */
export interface Resource {
  /** Its IRI; a blank node where it has none. */
  readonly id?: string;
  /** Class as `prefix:name`. */
  readonly type: string;
  /** What is said of it, by `prefix:name`. */
  readonly says: Readonly<Record<string, readonly Value[]>>;
}

export type Value =
  | Resource
  | { readonly iri: string }
  | { readonly text: string; readonly language?: string; readonly datatype?: string };

export type Prefixes = Readonly<Record<string, string>>;

export function jsonLdOf(resources: readonly Resource[], prefixes: Prefixes): object {
  return { '@context': prefixes, '@graph': resources.map(nodeOf) };
}

const nodeOf = ({ id, type, says }: Resource): object => ({
  ...(id !== undefined && { '@id': safe(id) }),
  '@type': type,
  ...Object.fromEntries(Object.entries(says).map(([property, values]) => [property, values.map(jsonOf)])),
});

function jsonOf(value: Value): object {
  if ('says' in value) return nodeOf(value);
  if ('iri' in value) return { '@id': safe(value.iri) };
  const { text, language, datatype } = value;
  return { '@value': text, ...(language && { '@language': language }), ...(datatype && { '@type': datatype }) };
}

export function turtleOf(resources: readonly Resource[], prefixes: Prefixes): string {
  const declared = Object.entries(prefixes).map(([name, iri]) => `@prefix ${name}: <${iri}> .`);
  const named = resources.flatMap((resource) => [resource, ...namedWithin(resource)]);
  return `${[...declared, '', ...named.map((resource) => `${subjectOf(resource)} ${saidOf(resource)} .`)].join('\n')}\n`;
}

/** Resources that have a name of their own stand by themselves in Turtle. */
const namedWithin = ({ says }: Resource): Resource[] =>
  Object.values(says)
    .flat()
    .flatMap((value) => ('says' in value ? [...(value.id === undefined ? [] : [value]), ...namedWithin(value)] : []));

const subjectOf = ({ id }: Resource): string => (id === undefined ? '[]' : `<${safe(id)}>`);

const saidOf = ({ type, says }: Resource): string =>
  [`a ${type}`, ...Object.entries(says).flatMap(([property, values]) => values.map((value) => `${property} ${turtleValue(value)}`))]
    .join(' ;\n  '); // prettier-ignore

function turtleValue(value: Value): string {
  if ('says' in value) return value.id === undefined ? `[ ${saidOf(value)} ]` : subjectOf(value);
  if ('iri' in value) return `<${safe(value.iri)}>`;
  const { text, language, datatype } = value;
  return `${quoted(text)}${language ? `@${language}` : ''}${datatype ? `^^${datatype}` : ''}`;
}

/** A JSON string is a Turtle string (Turtle §6.4 ECHAR and UCHAR). */
const quoted = (text: string): string => JSON.stringify(text);

/** What may not stand in an IRI in angle brackets (Turtle §6.5 IRIREF), percent-encoded: part of it may come from a request's host. */
const safe = (iri: string): string =>
  iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (character) => encodeURIComponent(character)); // eslint-disable-line no-control-regex
