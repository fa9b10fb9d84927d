import type { ComponentChildren } from 'preact';
import { addressOf } from '../addresses';
import { assetName, placeName } from '../elements/asset-title';
import { Day } from '../elements/dates';
import { PhaseMark } from '../elements/phase-mark';
import { useWords } from '../language/speaking';
import type { RegisterLine, RegisterView } from './view';

/**
 * The list: a table on a wide screen, cards on a narrow one. The roles are written out, for a table whose rows are laid out as cards loses its own in
 * some browsers.
 */
export function Results({ view: { lines, address } }: { readonly view: RegisterView }) {
  const { t } = useWords();
  const valued = lines.some(({ value }) => value !== null);
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
}

function Line({ line, valued, moment }: LineProps) {
  const words = useWords();
  const missing = <span class="quiet">{words.t('register.notStated')}</span>;
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        <a href={addressOf(words.language, { page: 'asset', id: line.id, moment })}>{assetName(line, words)}</a>
        <span class="id">{line.id}</span>
      </th>
      <td role="cell" class="place">
        {placeName(line) || missing}
      </td>
      <td role="cell" class="stage">
        <PhaseMark phase={line.phase} />
      </td>
      <td role="cell" class="since">
        <Label text={words.t('register.since')} />
        {line.phaseSince === null ? missing : <Day date={line.phaseSince} />}
      </td>
      {valued && (
        <td role="cell" class={line.value ? 'numeric' : 'numeric nothing'}>
          <Label text={words.t('register.value')} />
          {line.value ? words.money(line.value) : missing}
        </td>
      )}
    </tr>
  );
}

/** The heading of a cell where the table's own headings are out of sight. */
const Label = ({ text }: { readonly text: string }) => (
  <span class="cell-label" aria-hidden="true">
    {text}{' '}
  </span>
);
