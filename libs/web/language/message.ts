import { parse } from '@messageformat/parser';
import type { FunctionArg, Select, SelectCase } from '@messageformat/parser';

export type Token = SelectCase['tokens'][number];
export type Values = object;

/** How a language puts values into its texts. */
export interface Speech {
  /** A value by the name of its format, with what the text adds to it: `{reason, code, ground}` is `code` with `ground`. */
  readonly formats: Readonly<Record<string, (value: unknown, style: string) => string>>;
  /** A number without a format of its own: `#` in a plural. */
  readonly number: (value: number) => string;
  readonly plural: (count: number) => string;
  readonly ordinal: (count: number) => string;
  /** A value as a part of a text. */
  readonly within: (value: string) => string;
  /** What has been said so far, as it is said in front of what comes next; as it is, where there is none. */
  readonly joined?: ((before: string, next: string) => string) | undefined;
}

/** Says a text with values put in; what values say is never taken for a part of the text. A value that is not there is shown as its place: `{name}`. */
export type Message = (values: Values) => string;
type Part = (values: Values, count: number) => string;

/**
 * A text in ICU MessageFormat, made ready to be said. Throws where it is not one: unclosed, an unknown format, a plural without `other`, a brace left over.
 * A name with an underscore is a way: `{recipient_name}` is the `name` of `recipient`.
 */
export function messageFrom(text: string, speech: Speech): Message {
  const said = sequence(parse(text), speech);
  return (values) => said(values, 0);
}

/** Nothing in a text needs a value: it is said as it stands. */
export const isPlain = (text: string): boolean => !/[{}]|''/.test(text);

/** The value a name stands for; undefined where there is none. */
export const valueOf = (values: unknown, name: string): unknown =>
  name
    .split('_')
    .reduce<unknown>((inner, step) => (inner as Record<string, unknown> | null | undefined)?.[step], values);

/** What the parts of a text put in, each with its format: `count plural`, `count number`, `reason code ground`, `name`. */
export const placesIn = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((token) => {
    if (token.type === 'argument') return [token.arg];
    if (token.type === 'function') return [[token.arg, token.key, styleOf(token)].filter(Boolean).join(' ')];
    if (!('cases' in token)) return [];
    return [`${token.arg} ${token.type}`, ...token.cases.flatMap((each) => placesIn(each.tokens))];
  });

/** The names of the values a text puts in. */
export const namesIn = (text: string): readonly string[] => placesIn(parse(text)).map((place) => place.split(' ')[0]!);

function sequence(tokens: readonly Token[], speech: Speech): Part {
  const parts = tokens.map((token) => part(token, speech));
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const { joined } = speech;
  return (values, count) => {
    let said = '';
    for (const each of parts) {
      const next = each(values, count);
      said = (joined ? joined(said, next) : said) + next;
    }
    return said;
  };
}

function part(token: Token, speech: Speech): Part {
  switch (token.type) {
    case 'content':
      return words(token.value, token.ctx.text);
    case 'argument':
      return placed(token.arg, String, speech);
    case 'function':
      return placed(token.arg, format(token, speech), speech);
    case 'octothorpe':
      return (_, count) => speech.within(speech.number(count));
    default:
      return choice(token, speech);
  }
}

/** The parser lets a brace that closes nothing pass as a letter: it is a slip, unless it was quoted. */
function words(said: string, written: string): Part {
  if (/[{}]/.test(written.replace(/'[{}#](?:[^']|'')*'/g, '')))
    throw new Error(`a brace opens or closes nothing: ${written}`);
  return () => said;
}

function placed(name: string, say: (value: unknown) => string, { within }: Speech): Part {
  const value = name.includes('_')
    ? (values: Values): unknown => valueOf(values, name)
    : (values: Values): unknown => (values as Record<string, unknown>)[name];
  return (values) => {
    const given = value(values);
    if (given === undefined) return `{${name}}`;
    return given === null ? '' : within(say(given));
  };
}

function format(token: FunctionArg, { formats }: Speech): (value: unknown) => string {
  const say = Object.hasOwn(formats, token.key) ? formats[token.key] : undefined;
  if (!say) throw new Error(`no format is called "${token.key}"; there are ${Object.keys(formats).join(', ')}`);
  const style = styleOf(token);
  return (value) => say(value, style);
}

const styleOf = ({ param = [] }: FunctionArg): string =>
  param
    .map((each) => each.ctx.text)
    .join('')
    .trim();

function choice({ type, arg, cases, pluralOffset = 0 }: Select, speech: Speech): Part {
  const said = new Map(cases.map(({ key, tokens }) => [key, sequence(tokens, speech)]));
  const other = said.get('other');
  if (!other) throw new Error(`{${arg}, ${type}} has no "other"`);
  if (type === 'select') return (values, count) => (said.get(String(valueOf(values, arg))) ?? other)(values, count);
  const category = type === 'plural' ? speech.plural : speech.ordinal;
  return (values) => {
    const given = Number(valueOf(values, arg));
    const count = given - pluralOffset;
    return (said.get(`=${given}`) ?? said.get(category(count)) ?? other)(values, count);
  };
}
