import type { JsonValue } from '#domain';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';

/** The reference to an act of an authority, as an entry's data hold it. */
export function ActLine({ act }: { readonly act: JsonValue }) {
  const words = useWords();
  const text = actInWords(act, words);
  if (text === undefined) return null;
  const address = webAddress(field(act, 'url'));
  return (
    <p class="act">
      {words.t('entry.act')}:{' '}
      {address === undefined ? (
        text
      ) : (
        <a href={address} rel="external noopener noreferrer nofollow">
          {text}
        </a>
      )}
    </p>
  );
}

/** Title, number, date and authority of an act, as far as they are there; undefined when none is. */
export function actInWords(act: JsonValue | undefined, words: Words): string | undefined {
  const [title, number, date, authority] = ['title', 'number', 'date', 'authority'].map((name) => field(act, name));
  const name = [
    title && words.within(title),
    number && words.t('entry.actNumber', { number }),
    date && words.t('entry.actDate', { date: words.day(date) }),
  ]
    .filter(Boolean)
    .join(' ');
  const text = words.row([name, authority]);
  return text === '' ? (webAddress(field(act, 'url')) ?? undefined) : text;
}

function field(act: JsonValue | undefined, name: string): string | undefined {
  if (typeof act !== 'object' || act === null || Array.isArray(act)) return undefined;
  const value = (act as Readonly<Record<string, JsonValue | undefined>>)[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The address if a reader may follow it: the log holds what people typed, and not every scheme leads to a document. */
export function webAddress(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' ? url.href : undefined;
}
