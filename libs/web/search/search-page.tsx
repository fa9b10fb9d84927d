import type { ComponentChildren } from 'preact';
import { addressOf, civicLists, dataAddress } from '../addresses';
import type { Target } from '../addresses';
import { StatusStrip } from '../elements/status-strip';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import {
  AreaFound,
  AssetFound,
  CallFound,
  EntryFound,
  GroupFound,
  Line,
  OrganisationFound,
  ThreadFound,
} from './lines';
import { SearchForm } from './site-search';
import { textsWith } from './texts';
import type { FoundPart, SearchView } from './view';

const TEXTS_SHOWN = 4;
const kinds = ['assets', 'areas', 'organisations', 'calls', 'dialogues', 'groups', 'texts'] as const;
type Kind = (typeof kinds)[number];

interface SearchPageProps {
  /** What was found; undefined where nothing was asked for. */
  readonly view?: SearchView | undefined;
  /** Something was typed that holds no word. */
  readonly noWords: boolean;
  /** Names of areas to look for, for who does not know what there is. */
  readonly examples: readonly string[];
  readonly origin: string;
  readonly position: number;
}

/** One search over everything the registry publishes, grouped by what it is. */
export function SearchPage({ view, noWords, examples, origin, position }: SearchPageProps) {
  const { t } = useWords();
  const q = view?.q;
  return (
    <Page
      title={q === undefined ? t('search.title') : t('search.titleOf', { words: q })}
      here={{ page: 'search', ...(q !== undefined && { q }) }}
      origin={origin}
      position={position}
      indexed={q === undefined}
      data={{ files: [{ href: dataAddress.search(q), form: 'json' }], subject: { about: 'report', id: 'register' } }}
    >
      <div class="wide search">
        <h1>{t('search.title')}</h1>
        <SearchForm label={t('search.label')} q={q} />
        {view === undefined ? (
          <Start noWords={noWords} examples={examples} />
        ) : (
          <Results view={view} examples={examples} />
        )}
      </div>
    </Page>
  );
}

function Results({ view, examples }: { readonly view: SearchView; readonly examples: readonly string[] }) {
  const words = useWords();
  const { t } = words;
  const { q, found, holds } = view;
  const texts = textsWith(holds, words);
  const parts: Readonly<Record<Kind, FoundPart<unknown>>> = { ...found, texts: { items: texts, total: texts.length, totalIsMinimum: false } }; // prettier-ignore
  const there = kinds.filter((kind) => parts[kind].total > 0);
  const total = there.reduce((sum, kind) => sum + parts[kind].total, 0);
  const exactly = exactIn(view);
  const without = kinds.filter((kind) => !there.includes(kind));
  return (
    <>
      <StatusStrip>
        {there.length > 0
          ? t(there.some((kind) => parts[kind].totalIsMinimum) ? 'search.foundAtLeast' : 'search.found', {
              words: q,
              count: total,
              parts: there.map((kind) => t(`search.count.${kind}`, { count: parts[kind].total })),
            })
          : t(exactly.length > 0 ? 'search.onlyExactly' : 'search.foundNothing', { words: q })}
      </StatusStrip>
      {exactly.length > 0 ? (
        <Kinds id="exactly" title={t('search.exactly')}>
          <ul class="found-list">{exactly}</ul>
        </Kinds>
      ) : (
        ID.test(q.trim()) && <p class="notice">{t('search.noSuchId', { id: q.trim() })}</p>
      )}
      <KindsFound view={view} />
      {texts.length > 0 && (
        <Kinds id="texts" title={t('search.kind.texts')}>
          <ul class="found-list">
            {texts.slice(0, TEXTS_SHOWN).map(({ title, text, href }) => (
              <Line key={href} href={href} name={title}>
                {text}
              </Line>
            ))}
          </ul>
        </Kinds>
      )}
      {there.length === 0 && exactly.length === 0 ? (
        <Help examples={examples} />
      ) : (
        without.length > 0 && (
          <p class="quiet">
            {t('search.nothingIn', { parts: words.row(without.map((kind) => t(`search.kind.${kind}`))) })}
          </p>
        )
      )}
    </>
  );
}

/** What looks like an id of the registry. */
const ID = /^[A-Z]{2}-([A-Z]-)?[0-9A-Z]{10}-[0-9A-Z]$/i;

function KindsFound({ view: { q, found } }: { readonly view: SearchView }) {
  const { assets, areas, organisations, calls, dialogues, groups } = found;
  const { t } = useWords();
  return (
    <>
      <KindFound kind="areas" part={areas}>
        {areas.items.map((area) => (
          <AreaFound key={area.code} area={area} />
        ))}
      </KindFound>
      {areas.total > areas.items.length && (
        <p class="quiet">{t('search.moreAreas', { count: areas.total - areas.items.length })}</p>
      )}
      <KindFound kind="assets" part={assets} all={{ page: 'register', query: { q } }}>
        {assets.items.map((line) => (
          <AssetFound key={line.id} line={line} />
        ))}
      </KindFound>
      <KindFound kind="organisations" part={organisations} all={{ page: 'organisations', query: { q } }}>
        {organisations.items.map((organisation) => (
          <OrganisationFound key={organisation.id} organisation={organisation} />
        ))}
      </KindFound>
      <KindFound kind="calls" part={calls} all={{ page: 'calls', query: { q } }}>
        {calls.items.map((call) => (
          <CallFound key={call.id} call={call} />
        ))}
      </KindFound>
      <KindFound kind="dialogues" part={dialogues} all={{ page: 'dialogues', query: { q } }}>
        {dialogues.items.map((thread) => (
          <ThreadFound key={thread.id} thread={thread} />
        ))}
      </KindFound>
      <KindFound kind="groups" part={groups} all={{ page: 'groups', query: { q } }}>
        {groups.items.map((group) => (
          <GroupFound key={group.id} group={group} />
        ))}
      </KindFound>
    </>
  );
}

/** What is called exactly so, whatever it is. */
function exactIn({ exactly: { assets, organisations, calls, dialogues, groups, entry } }: SearchView): ComponentChildren[] {
  return [
    ...assets.map((line) => <AssetFound key={line.id} line={line} />),
    ...organisations.map((organisation) => <OrganisationFound key={organisation.id} organisation={organisation} />),
    ...calls.map((call) => <CallFound key={call.id} call={call} />),
    ...dialogues.map((thread) => <ThreadFound key={thread.id} thread={thread} />),
    ...groups.map((group) => <GroupFound key={group.id} group={group} />),
    ...(entry === null ? [] : [<EntryFound key={entry.id} entry={entry} />]),
  ];
} // prettier-ignore

interface KindFoundProps {
  readonly kind: Exclude<Kind, 'texts'>;
  readonly part: FoundPart<unknown>;
  /** The list of all of them, where not all are shown. */
  readonly all?: Target;
  readonly children: ComponentChildren;
}

function KindFound({ kind, part: { items, total, totalIsMinimum }, all, children }: KindFoundProps) {
  const { t, language } = useWords();
  if (total === 0) return null;
  const what = t(`search.count.${kind}`, { count: total });
  return (
    <Kinds id={kind} title={t(`search.kind.${kind}`)}>
      <ul class="found-list">{children}</ul>
      {all && total > items.length && (
        <p class="after-list">
          <a href={addressOf(language, all)}>{t(totalIsMinimum ? 'search.allAtLeast' : 'search.all', { what })}</a>
        </p>
      )}
    </Kinds>
  );
}

interface KindsProps {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

function Kinds({ id, title, children }: KindsProps) {
  return (
    <section aria-labelledby={id} class="found-kind">
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Before anything was asked: what can be looked for. */
function Start({ noWords, examples }: Pick<SearchPageProps, 'noWords' | 'examples'>) {
  const { t } = useWords();
  return (
    <>
      <StatusStrip>{t(noWords ? 'search.noWords' : 'search.lead')}</StatusStrip>
      <Help examples={examples} />
    </>
  );
}

/** Lists to go through where nobody knows the word, and words to begin with. */
function Help({ examples }: Pick<SearchPageProps, 'examples'>) {
  const words = useWords();
  const { t, language } = words;
  const asked = [...examples, t('guides.glossary.term.agreement.name')];
  return (
    <section aria-labelledby="help" class="found-kind">
      <h2 id="help">{t('search.help')}</h2>
      <ul>
        {(['words', 'accents', 'codes', 'entries'] as const).map((each) => (
          <li key={each}>{t(`search.helps.${each}`)}</li>
        ))}
      </ul>
      <p>
        {t('search.examples')}{' '}
        {asked.map((q, place) => (
          <span key={q}>
            {place > 0 && words.comma}
            <a href={addressOf(language, { page: 'search', q })}>{q}</a>
          </span>
        ))}
      </p>
      <p>{t('search.lists')}</p>
      <ul class="onward">
        {listsIn(words).map(([name, target]) => (
          <li key={name}>
            <a href={addressOf(language, target)}>{name}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const listsIn = ({ t }: Words): readonly (readonly [string, Target])[] => [
  [t('search.kind.assets'), { page: 'register' }],
  [t('search.kind.areas'), { page: 'areas' }],
  ...civicLists.map((list) => [t(`search.kind.${list}`), { page: list }] as const),
  [t('guides.glossary.title'), { page: 'guide', guide: 'glossary' }],
];
