import { derivedUuid } from '#domain';
import type { FlagRule } from '#domain';
import type { News, Row } from '#read-models';
import { addressOf, assetName, sentenceOf } from '#web';
import type { FeedEntry, Target, Words } from '#web';
import { flagLine } from '../api/reports/resources';

/** What a feed says of an entry of the log: what it is about, what happened, and where that is read. */
export function toldNews(news: News, origin: string, words: Words): FeedEntry {
  const { id, type, data, agency, recordedAt, revision, kind } = news;
  const said = sentenceOf(type, data, words) ?? type;
  const anchor = kind === 'asset' ? `#entry-${revision}` : '';
  return {
    id: `urn:uuid:${id}`,
    title: `${subjectOf(news, words)}: ${said}`,
    content: said,
    author: words.agency(agency),
    link: `${origin}${addressOf(words.language, pageOf(news))}${anchor}`,
    updated: recordedAt,
  };
}

/** What an entry is about, as it is called. */
export function subjectOf({ of, item, name }: News, words: Words): string {
  if (item) return [assetName(item, words), item.municipality].filter(Boolean).join(', ');
  switch (name?.by) {
    case 'name':
      return name.name;
    case 'kind':
      return words.t('civic.dialogues.untitled', { kind: words.code('threadKind', name.kind), date: words.day(name.on) });
    case 'year':
      return words.t('annualReturn.titleOf', { year: name.year });
    default:
      return of;
  }
} // prettier-ignore

function pageOf({ kind, of, name }: News): Target {
  switch (kind) {
    case 'call':
      return { page: 'civic', list: 'calls', id: of };
    case 'organisation':
      return { page: 'civic', list: 'organisations', id: of };
    case 'dialogue':
      return { page: 'civic', list: 'dialogues', id: of };
    case 'group':
      return { page: 'civic', list: 'groups', id: of };
    case 'return':
      return { page: 'annual-return', ...(name?.by === 'year' && { year: name.year }) };
    default:
      return { page: 'asset', id: of };
  }
}

/** What a feed says of a red flag. Nobody wrote it down: it follows from an entry, and where a deadline passed, from the day on which it did. */
export function toldFlag(row: Row, recordedAt: string, origin: string, words: Words): FeedEntry {
  const { asset, kind, category, subcategory, title, subject, rule, entry, hitFrom, organisation } = flagLine(row);
  const { t, language } = words;
  const described = asset === null ? subject.name : assetName({ kind: kind ?? '', category, subcategory, title }, words);
  const question = words.code('flagRule', rule satisfies FlagRule);
  const from = hitFrom === null ? '' : `${hitFrom}T00:00:00.000Z`;
  const page: Target =
    asset !== null
      ? { page: 'asset', id: asset }
      : { page: 'civic', list: subject.kind === 'call' ? 'calls' : 'groups', id: subject.id };
  return {
    id: `urn:uuid:${derivedUuid('flag', entry, rule, subject.id, organisation ?? '', String(row.number ?? ''))}`,
    title: `${described ?? subject.id}: ${question}`,
    content: `${question}. ${t('reports.flags.question')}`,
    author: t('site.name'),
    link: origin + addressOf(language, page),
    updated: from > recordedAt ? from : recordedAt,
  };
} // prettier-ignore
