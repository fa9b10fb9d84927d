import type { ComponentChildren } from 'preact';
import { addressOf } from '../addresses';
import type { CivicList } from '../addresses';
import { shortened } from '../civic/calls-pages';
import { threadInWords } from '../civic/dialogue-pages';
import { StateMark, placeOf } from '../civic/parts';
import type { CallLine, DialogueLine, GroupLine, OrganisationLine } from '../civic/views';
import { AssetName, placeName } from '../elements/asset-title';
import { Original } from '../elements/original';
import { useWords } from '../language/speaking';
import type { RegisterLine } from '../register/view';
import type { AreaLine, EntryLine } from './view';

interface LineProps {
  readonly href: string;
  readonly name: ComponentChildren;
  /** What it is, in a sentence. */
  readonly children: ComponentChildren;
}

/** Something that was found: what it is called, and what it is in a sentence. */
export function Line({ href, name, children }: LineProps) {
  return (
    <li>
      <h3>
        <a href={href}>{name}</a>
      </h3>
      <p>{children}</p>
    </li>
  );
}

export function AssetFound({ line }: { readonly line: RegisterLine }) {
  const words = useWords();
  const { t, language } = words;
  const said = { where: placeName(line) || t('register.notStated'), phase: words.code('phase', line.phase) };
  return (
    <Line href={addressOf(language, { page: 'asset', id: line.id })} name={<AssetName described={line} words={words} />}>
      {line.phaseSince === null ? t('search.asset', said) : t('search.assetSince', { ...said, since: line.phaseSince })}{' '}
      <span class="id quiet">{line.id}</span>
    </Line>
  );
} // prettier-ignore

export function AreaFound({ area }: { readonly area: AreaLine }) {
  const words = useWords();
  const { t, language } = words;
  const said = { what: words.row([t(`search.level.${area.level}`), ...area.within]), count: area.assets };
  return (
    <Line href={addressOf(language, { page: 'area', code: area.code })} name={<Original>{area.name}</Original>}>
      {t('search.area', said)}
    </Line>
  );
}

interface CivicProps {
  readonly list: CivicList;
  readonly id: string;
  readonly name: ComponentChildren;
  readonly children: ComponentChildren;
}

function CivicFound({ list, id, name, children }: CivicProps) {
  const { language } = useWords();
  return (
    <Line href={addressOf(language, { page: 'civic', list, id })} name={name}>
      {children}
    </Line>
  );
}

export function OrganisationFound({ organisation }: { readonly organisation: OrganisationLine }) {
  const words = useWords();
  const { t } = words;
  const { id, name, kind, standing, municipality, province, region, holds, applications, awards } = organisation;
  const holding = {
    holds: t('civic.organisations.holds', { count: holds }),
    applications: t('civic.organisations.applied', { count: applications }),
    awards,
  };
  return (
    <CivicFound list="organisations" id={id} name={<Original>{name}</Original>}>
      <StateMark of="standing" state={standing} />{' '}
      {words.row([words.code('kind', kind), placeOf(municipality, province, region)])}. {t('strip.organisation', holding)}
    </CivicFound>
  );
} // prettier-ignore

export function CallFound({ call }: { readonly call: CallLine }) {
  const words = useWords();
  const { t } = words;
  const { id, object, state, deadline, authority, assets, applications } = call;
  const running = state === 'open' || state === 'closing';
  return (
    <CivicFound list="calls" id={id} name={<Original>{object}</Original>}>
      <StateMark of="callState" state={state} /> {t(running ? 'search.callOpen' : 'search.callOver', { authority, deadline })}{' '}
      {t('strip.call', { assets: t('civic.calls.assets', { count: assets }), applications: t('strip.applications', { count: applications }) })}
    </CivicFound>
  );
} // prettier-ignore

export function ThreadFound({ thread }: { readonly thread: DialogueLine }) {
  const words = useWords();
  const { id, text, kind, askedOn, state } = thread;
  const untitled = words.t('civic.dialogues.untitled', { kind: words.code('threadKind', kind), date: words.day(askedOn) });
  return (
    <CivicFound list="dialogues" id={id} name={text === null ? untitled : shortened(text)}>
      <StateMark of="threadState" state={state} /> {words.code('threadKind', kind)}. {threadInWords(thread, words)}
    </CivicFound>
  );
} // prettier-ignore

export function GroupFound({ group }: { readonly group: GroupLine }) {
  const { t } = useWords();
  const { id, name, municipality, province, region, members, recommendations, answered } = group;
  const place = placeOf(municipality, province, region);
  const said = {
    members: t('civic.groups.members', { count: members }),
    recommendations: t('civic.groups.recommendations', { count: recommendations }),
    answered,
  };
  return (
    <CivicFound list="groups" id={id} name={<Original>{name}</Original>}>
      {place && <>{place}. </>}
      {t('strip.group', said)}
    </CivicFound>
  );
}

export function EntryFound({ entry }: { readonly entry: EntryLine }) {
  const { t, language } = useWords();
  return (
    <Line href={addressOf(language, { page: 'entry-proof', id: entry.id })} name={t('search.entryProof')}>
      <a href={entry.href}>{entry.title}</a>
    </Line>
  );
}
