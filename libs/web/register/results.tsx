import type { ComponentChildren } from 'preact';
import { addressOf } from '../addresses';
import { AssetName, placeName } from '../elements/asset-title';
import { Day } from '../elements/dates';
import { Original } from '../elements/original';
import { PhaseMark } from '../elements/phase-mark';
import type { Money } from '../language/money';
import { useWords } from '../language/speaking';
import type { RegisterLine, RegisterView } from './view';

/**
 * The list: a table on a wide screen, cards on a narrow one. The roles are written out, for a table whose rows are laid out as cards loses its own in
 * some browsers.
 */
export function Results({ view: { lines, address } }: { readonly view: RegisterView }) {
  const words = useWords();
  const { t } = words;
  const texts = {
    since: t('register.since'),
    value: t('register.value'),
    managedBy: t('register.managedBy'),
    notStated: t('register.notStated'),
    dateNotStated: t('phases.dateNotStated'),
  };
  const valued = lines.some(({ value }) => value !== null);
  const amount = words.moneyColumn(lines.flatMap(({ value }) => value ?? []));
  return (
    <table class="results" role="table">
      <caption class="hidden">{t('register.caption')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <Heading>{t('register.asset')}</Heading>
          <Heading>{t('register.place')}</Heading>
          <Heading>{t('register.phase')}</Heading>
          <Heading>{t('register.since')}</Heading>
          {valued && <Heading numeric>{t('register.value')}</Heading>}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {lines.map((line) => (
          <Line
            key={line.id}
            line={line}
            valued={valued}
            texts={texts}
            amount={amount}
            moment={{
              ...(address.asOf && { asOf: address.asOf }),
              ...(address.knownAt && { knownAt: address.knownAt }),
            }}
          />
        ))}
      </tbody>
    </table>
  );
}

function Heading({ numeric = false, children }: { readonly numeric?: boolean; readonly children: ComponentChildren }) {
  return (
    <th role="columnheader" scope="col" class={numeric ? 'numeric' : undefined}>
      {children}
    </th>
  );
}

interface LineProps {
  readonly line: RegisterLine;
  /** Some line of the list has a value. */
  readonly valued: boolean;
  readonly moment: { readonly asOf?: string; readonly knownAt?: string };
  /** How the values of the column are said. */
  readonly amount: (money: Money) => string;
  /** What every line says, looked up once. */
  readonly texts: Readonly<Record<'since' | 'value' | 'notStated' | 'dateNotStated' | 'managedBy', string>>;
}

function Line({ line, valued, moment, texts, amount }: LineProps) {
  const words = useWords();
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        <a href={addressOf(words.language, { page: 'asset', id: line.id, moment })}>
          <AssetName described={line} words={words} />
        </a>
        {line.kind === 'company' && !line.title && line.subcategory && (
          <span class="trade">
            <Original>{line.subcategory}</Original>
          </span>
        )}
        <span class="id">{line.id}</span>
      </th>
      <td role="cell" class="place">
        {placeName(line) || <span class="quiet">{texts.notStated}</span>}
      </td>
      <td role="cell" class="stage">
        <PhaseMark phase={line.phase} />
        {line.manager && <ManagedBy manager={line.manager} text={texts.managedBy} />}
      </td>
      <td role="cell" class="since">
        {line.phaseSince === null ? (
          <span class="quiet">{texts.dateNotStated}</span>
        ) : (
          <>
            <Label text={texts.since} />
            <Day date={line.phaseSince} />
          </>
        )}
      </td>
      {valued && (
        <td role="cell" class={line.value ? 'numeric' : 'numeric nothing'}>
          <Label text={texts.value} />
          {line.value ? amount(line.value) : <span class="quiet">{texts.notStated}</span>}
        </td>
      )}
    </tr>
  );
}

/** Who manages the asset; an organisation has a page of its own. */
function ManagedBy({
  manager,
  text,
}: {
  readonly manager: NonNullable<RegisterLine['manager']>;
  readonly text: string;
}) {
  const { language } = useWords();
  const { name, organisation } = manager;
  const shown = <Original>{name}</Original>;
  return (
    <span class="manager">
      {text}{' '}
      {organisation === null ? (
        shown
      ) : (
        <a href={addressOf(language, { page: 'civic', list: 'organisations', id: organisation })}>{shown}</a>
      )}
    </span>
  );
}

/** The heading of a cell where the table's own headings are out of sight. */
const Label = ({ text }: { readonly text: string }) => (
  <span class="cell-label" aria-hidden="true">
    {text}{' '}
  </span>
);
