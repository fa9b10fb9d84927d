import type { ComponentChildren } from 'preact';
import type { LegalDate, Profile } from '#domain';
import { assetEvents, proofFields, provenanceOf, publicFrom } from '#domain';
import { addressOf } from '../addresses';
import { Day } from '../elements/dates';
import { Original } from '../elements/original';
import { SourceTag } from '../elements/source-tag';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { ActLine } from './act-line';
import { EntryDetails } from './entry-details';
import type { PublicEntry } from './dossier';
import { fieldsInSentence, sentenceOf } from './sentence';
import type { Annulment, Correction, Disclosed, ToldEntry, Withheld } from './story';
import { valueInWords } from './values';

/** Fields in which people write sentences of their own; shown under the entry's sentence, word for word. */
const texts = ['reason', 'details', 'findings', 'conditions', 'how', 'remarks'];

interface EntryProps {
  readonly told: ToldEntry;
  readonly profile: Profile;
  /** The day on which this is what is known. */
  readonly today?: LegalDate | undefined;
  /** Each entry leads to its proof: a transparency log is kept. */
  readonly proven?: boolean | undefined;
  /** What can be done about the entry, where somebody can. */
  readonly children?: ComponentChildren;
}

/** One entry of the timeline: what happened, when it happened, when it was written down, on what it rests, and what became of the entry. */
export function TimelineEntry({ told, profile, today, proven, children }: EntryProps) {
  const words = useWords();
  const { entry, occurredOn, data, annulment, corrections } = told;
  return (
    <li class={annulment ? 'entry annulled' : 'entry'} id={`entry-${entry.revision}`}>
      <p class="entry-date" id={entry.id}>
        {occurredOn === null ? (
          <span class="undated">{words.t('entry.dateNotStated')}</span>
        ) : (
          <Day date={occurredOn} />
        )}
      </p>
      <div class="entry-body">
        <p class="entry-marks">
          <SourceTag of={provenanceOf({ type: entry.type, data })} />
          {entry.source.kind === 'process' && <span>{words.t('entry.process')}</span>}
          {told.lateBy !== undefined && <span class="late">{lateInWords(told.lateBy, words)}</span>}
          {corrections.length > 0 && <span class="mark">{words.t('entry.corrected')}</span>}
          {annulment && <span class="mark">{words.t('entry.annulled')}</span>}
        </p>
        <p class="sentence">{annulment ? <s>{sentenceIn(told, words)}</s> : sentenceIn(told, words)}</p>
        {proofFields.map((field) => data[field] !== undefined && <ActLine key={field} act={data[field]} />)}
        <Texts told={told} />
        <Related told={told} />
        <WithheldLine told={told} profile={profile} today={today} />
        {told.disclosed.map((disclosed) => (
          <DisclosedNote key={disclosed.by.id} disclosed={disclosed} proven={proven} />
        ))}
        {corrections.map((correction) => (
          <CorrectionNote key={correction.by.id} correction={correction} proven={proven} />
        ))}
        {annulment && <AnnulmentNote annulment={annulment} proven={proven} />}
        <p class="recorded">
          <Recorded entry={entry} proven={proven} />
        </p>
        <EntryDetails told={told} profile={profile} />
        {children}
      </div>
    </li>
  );
}

function sentenceIn({ entry, data }: ToldEntry, words: Words): string {
  return sentenceOf(entry.type, data, words) ?? entry.type;
}

function lateInWords(days: number, { t }: Words): string {
  const years = Math.floor(days / 365.25);
  return years >= 2 ? t('entry.lateYears', { count: years }) : t('entry.lateDays', { count: days });
}

interface Proven {
  readonly proven: boolean | undefined;
}

function Recorded({ entry, proven }: { readonly entry: PublicEntry } & Proven) {
  const words = useWords();
  const { recordedAt, agency, source } = entry;
  const date = words.day(words.dayOf(recordedAt));
  return (
    <>
      <time dateTime={recordedAt}>{words.t('entry.recorded', { date, agency })}</time>
      {source.row !== undefined && <>. {words.t('entry.importFrom', { row: source.row, file: source.file ?? '' })}</>}
      {proven && (
        <>
          {' · '}
          <a class="proof" href={addressOf(words.language, { page: 'entry-proof', id: entry.id })}>
            {words.t('entry.proof')}
            <span class="hidden"> {words.t('entry.proofOf', { number: entry.revision + 1 })}</span>
          </a>
        </>
      )}
    </>
  );
}

function Texts({ told: { entry, data } }: { readonly told: ToldEntry }) {
  const words = useWords();
  const spoken = fieldsInSentence(entry.type, words);
  return texts.map((field) => {
    const text = data[field];
    if (typeof text !== 'string' || spoken.has(field)) return null;
    return (
      <blockquote class="text" key={field}>
        <Original>{text}</Original>
      </blockquote>
    );
  });
}

/** The dossiers an entry names. */
function Related({ told: { data } }: { readonly told: ToldEntry }) {
  const { comma, language, t } = useWords();
  const ids = [data.comesFrom, data.into].flat().filter((id): id is string => typeof id === 'string');
  if (ids.length === 0) return null;
  return (
    <p class="related">
      {t('entry.about')}{' '}
      {ids.map((id, place) => (
        <span key={id}>
          {place > 0 && comma}
          <a href={addressOf(language, { page: 'asset', id })}>{id}</a>
        </span>
      ))}
    </p>
  );
}

const why = {
  personal: 'entry.withheldPersonal',
  restricted: 'entry.withheldRestricted',
  erased: 'entry.withheldErased',
} as const satisfies Record<Withheld['classification'], string>;

function WithheldLine({ told: { entry, withheld }, profile, today }: Pick<EntryProps, 'told' | 'profile' | 'today'>) {
  const words = useWords();
  if (withheld.length === 0) return null;
  const fields = withheld.map(({ field, classification }) => {
    const named = words.field(field);
    const from = publicFrom(assetEvents.get(entry.type)?.definition, field, entry.recordedAt, profile);
    if (from === undefined) return words.t(why[classification], { field: named });
    const due = today !== undefined && from <= today;
    return words.t(due ? 'disclosure.due' : 'disclosure.from', { field: named, date: words.day(from) });
  });
  return <p class="withheld">{words.t('entry.withheld', { fields: words.list(fields) })}</p>;
}

/** What was withheld, with the day from which everybody can read it, which is the one it was written down. */
function DisclosedNote({ disclosed, proven }: { readonly disclosed: Disclosed } & Proven) {
  const { by, field, value, reason, annulment } = disclosed;
  const words = useWords();
  const said = typeof value === 'string' ? <Original>{value}</Original> : valueInWords(field, value, words);
  return (
    <div class="note" id={`entry-${by.revision}`}>
      <p>
        {words.t('disclosure.published', { field: words.field(field), date: words.day(words.dayOf(by.recordedAt)) })}
      </p>
      <blockquote class="text">{annulment ? <s>{said}</s> : said}</blockquote>
      <p>{words.t('entry.reason', { reason })}</p>
      <p class="recorded">
        <Recorded entry={by} proven={proven} />
      </p>
      {annulment && <AnnulmentNote annulment={annulment} proven={proven} />}
    </div>
  );
}

function CorrectionNote({ correction, proven }: { readonly correction: Correction } & Proven) {
  const { by, field, before, now, reason } = correction;
  const words = useWords();
  const inner = field.split('.').at(-1) ?? field;
  return (
    <div class="note" id={`entry-${by.revision}`}>
      <p>
        {words.t('entry.wasCorrected', { field: words.field(field) })} <span class="quiet">{words.t('entry.was')}</span>{' '}
        <del>{valueInWords(inner, before, words)}</del> <span class="quiet">{words.t('entry.isNow')}</span>{' '}
        <ins>{valueInWords(inner, now, words)}</ins>
      </p>
      {reason !== '' && <p>{words.t('entry.reason', { reason })}</p>}
      <p class="recorded">
        <Recorded entry={by} proven={proven} />
      </p>
    </div>
  );
}

function AnnulmentNote({ annulment, proven }: { readonly annulment: Annulment } & Proven) {
  const { by, reason, correctDossier } = annulment;
  const words = useWords();
  return (
    <div class="note" id={`entry-${by.revision}`}>
      <p>
        {sentenceOf(by.type, by.data, words)} {reason !== '' && words.t('entry.reason', { reason })}
      </p>
      {correctDossier !== undefined && (
        <p>
          {words.t('entry.correctDossier')}{' '}
          <a href={addressOf(words.language, { page: 'asset', id: correctDossier })}>{correctDossier}</a>
        </p>
      )}
      <p class="recorded">
        <Recorded entry={by} proven={proven} />
      </p>
    </div>
  );
}
