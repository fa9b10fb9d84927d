import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { addressOf, dataAddress } from '../addresses';
import type { AskSubject, CivicList } from '../addresses';
import { actInWords, webAddress } from '../asset/act-line';
import { AssetName } from '../elements/asset-title';
import type { PageData } from '../elements/data-box';
import { Day } from '../elements/dates';
import { NotRecorded } from '../elements/nothing';
import { useWords } from '../language/speaking';
import { CivicLink, DayOfPage, useToday } from './on-a-day';
import type { ActView, Asking, DocumentView, Label, Whereabouts } from './views';

/** A state as a word with a shape: colour alone tells nobody anything. */
export function StateMark({ of, state }: { readonly of: string; readonly state: string }) {
  return <span class={`state state-${state}`}>{useWords().code(of, state)}</span>;
}

/** A date, or that no source states one. */
export function MaybeDay(props: { readonly date: string | null | undefined; readonly after?: string }) {
  const { t } = useWords();
  const { date, after } = props;
  if (date !== null && date !== undefined) return <Day date={date} after={after} />;
  return (
    <>
      {after !== undefined && `${after} `}
      <span class="quiet">{t('civic.noDate')}</span>
    </>
  );
}

export interface FactRow {
  readonly name: string;
  readonly value: ComponentChildren;
}

/** Facts at a glance; those without a value are left out. */
export function Facts({ rows }: { readonly rows: readonly (FactRow | undefined)[] }) {
  return (
    <dl class="facts">
      {rows
        .filter((row) => row !== undefined)
        .map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** The row of facts where there is a value, nothing where there is none. */
export const fact = <Value,>(
  name: string,
  value: Value | null | undefined,
  show: (value: Value) => ComponentChildren = (each) => String(each),
): FactRow | undefined => (value === null || value === undefined ? undefined : { name, value: show(value) });

/** The row of facts, which says so where nobody recorded a value. */
export const recorded = <Value,>(
  name: string,
  value: Value | null | undefined,
  show?: (value: Value) => ComponentChildren,
): FactRow => fact(name, value, show) ?? { name, value: <NotRecorded /> };

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

export function Section({ id, title, children }: SectionProps) {
  return (
    <section class="civic-section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Where the list of a page is. */
export function Trail({ list }: { readonly list: CivicList }) {
  const { t, language } = useWords();
  const query = useContext(DayOfPage);
  return (
    <nav class="trail" aria-label={t(`civic.${list}.title`)}>
      <a href={addressOf(language, { page: list, query })}>{t(`civic.${list}.title`)}</a>
    </nav>
  );
}

export function OrganisationLink({ id, name }: { readonly id: string; readonly name: string | null | undefined }) {
  return (
    <CivicLink list="organisations" id={id}>
      {name ?? id}
    </CivicLink>
  );
}

/** An asset by its name and place, leading to its page. */
export function AssetLink({ id, label }: { readonly id: string; readonly label: Label | undefined }) {
  const words = useWords();
  const address = addressOf(words.language, { page: 'asset', id, moment: useContext(DayOfPage) });
  if (!label) return <a href={address}>{id}</a>;
  const place = label.municipality ?? label.province;
  return (
    <>
      <a href={address}>
        <AssetName described={label} words={words} />
        {place && words.comma + words.within(place)}
      </a>{' '}
      <span class="id">{id}</span>
    </>
  );
}

/** Where the assets of a line of a list lie, and the way to the map. */
export function Where({ where }: { readonly where: Whereabouts | undefined }) {
  const words = useWords();
  if (where === undefined || (where.places.length === 0 && where.mapped === undefined)) return null;
  const { places, mapped } = where;
  return (
    <>
      {places.length > 0 && <span>{words.list(places)}</span>}
      {mapped !== undefined && (
        <span>
          <a href={addressOf(words.language, { page: 'map', query: { q: mapped } })}>{words.t('civic.onTheMap')}</a>
        </span>
      )}
    </>
  );
}

/** A decision, with its address where it has one that may be followed. */
export function ActOf({ act }: { readonly act: ActView | undefined }) {
  const words = useWords();
  const text = act && actInWords({ ...act }, words);
  if (text === undefined) return null;
  const address = webAddress(act?.url);
  return (
    <p class="act">
      {words.t('entry.act')}: {address === undefined ? text : <Outside address={address}>{text}</Outside>}
    </p>
  );
}

/** A link that leads out of the site. */
export function Outside({ address, children }: { readonly address: string; readonly children: ComponentChildren }) {
  return (
    <a href={address} rel="external noopener noreferrer nofollow">
      {children}
    </a>
  );
}

/** Text that may be an address: a link where it may be followed. */
export function MaybeLink({ text }: { readonly text: string }) {
  const address = webAddress(text);
  return address === undefined ? <>{text}</> : <Outside address={address}>{text}</Outside>;
}

/** A document by its title, and the digest by which the file is known. */
export function DocumentOf({ document }: { readonly document: DocumentView | undefined }) {
  const { t } = useWords();
  if (!document) return null;
  return (
    <details class="document">
      <summary>{t('civic.document', { title: document.title })}</summary>
      <p class="quiet">
        SHA-256: <code>{document.sha256}</code>
      </p>
    </details>
  );
}

/** The invitation to ask or report; nothing where no form is offered. */
export function AskLink({ asking, subject }: { readonly asking: Asking; readonly subject: AskSubject }) {
  const { t, language } = useWords();
  if (asking === undefined) return null;
  return (
    <p class="ask">
      <a class="button secondary" href={asking + addressOf(language, { page: 'ask', subject })}>
        {t('civic.ask.invite')}
      </a>
    </p>
  );
}

/** The data behind the page of one call, organisation, thread or group; an error in them is told to who answers for `subject`. */
export function useDataOf(list: CivicList, id: string, subject: AskSubject): PageData {
  const moment = useContext(DayOfPage);
  const today = useToday();
  return {
    files: [{ href: dataAddress.civicOne(list, id, moment), form: 'json' }],
    ...(today !== undefined && { fixed: { page: 'civic', list, id, moment: { asOf: today, ...moment } } }),
    subject,
  };
}

/** The place from the smallest area to the largest, each once. */
export const placeOf = (...parts: readonly (string | null)[]): string | undefined => {
  const there = parts.filter((part): part is string => part !== null && part !== '');
  return there.length === 0 ? undefined : there.filter((part, at) => there.indexOf(part) === at).join(', ');
};
