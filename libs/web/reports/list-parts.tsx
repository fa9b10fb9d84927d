import { toChildArray } from 'preact';
import type { ComponentChildren } from 'preact';
import type { Provenance } from '#domain';
import { addressOf } from '../addresses';
import { AssetName } from '../elements/asset-title';
import { Day } from '../elements/dates';
import { NotRecorded } from '../elements/nothing';
import { Original } from '../elements/original';
import { SourceMark } from '../elements/source-tag';
import { useWords } from '../language/speaking';
import type { AssetOfLine } from './view';

/** The parts of a report's list: a table on a wide screen, cards on a narrow one. */

interface ListTableProps {
  readonly caption: string;
  readonly heads: readonly { readonly text: string; readonly numeric?: boolean }[];
  readonly children: ComponentChildren;
}

export function ListTable({ caption, heads, children }: ListTableProps) {
  return (
    <table class="results" role="table">
      <caption class="hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {heads.map(({ text, numeric }) => (
            <th key={text} role="columnheader" scope="col" class={numeric ? 'numeric' : undefined}>
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
  );
}

interface CellProps {
  /** The heading of the cell, for a screen on which the table's own are out of sight. */
  readonly label?: string;
  readonly numeric?: boolean;
  readonly children: ComponentChildren;
}

/** A cell without anything in it says that nothing is recorded. */
export function Cell({ label, numeric = false, children }: CellProps) {
  return (
    <td role="cell" class={numeric ? 'numeric' : undefined}>
      {label !== undefined && (
        <span class="cell-label" aria-hidden="true">
          {label}{' '}
        </span>
      )}
      {isNothing(children) ? <NotRecorded /> : children}
    </td>
  );
}

const isNothing = (children: ComponentChildren): boolean => toChildArray(children).every((child) => child === '');

interface AssetCellProps {
  readonly line: AssetOfLine;
  readonly part?: string;
  /** The day the list is about, if it is not today. */
  readonly moment?: { readonly asOf?: string };
}

/** The asset a line is about, leading to what its page says of it. */
export function AssetCell({ line, part, moment = {} }: AssetCellProps) {
  const words = useWords();
  const page = addressOf(words.language, { page: 'asset', id: line.asset, moment });
  const { municipality, province, region } = line.location;
  const place = (municipality ?? province ?? region)?.name;
  return (
    <th role="rowheader" scope="row">
      <a href={part === undefined ? page : `${page}#${part}`}>
        <AssetName described={line} words={words} />
      </a>
      {place && <span class="beside">{place}</span>}
    </th>
  );
}

/** Whom money went to or support came from, leading to its page where it is an organisation of the registry. */
export function Party({
  name,
  organisations,
}: {
  readonly name: string;
  readonly organisations: ReadonlyMap<string, string>;
}) {
  const { language } = useWords();
  const id = organisations.get(name);
  if (id === undefined) return <Original>{name}</Original>;
  return (
    <a href={addressOf(language, { page: 'civic', list: 'organisations', id })}>
      <Original>{name}</Original>
    </a>
  );
}

interface DateCellProps {
  readonly on: string | null;
  readonly asset: string;
  /** The entry behind the line. */
  readonly entry: string;
  /** On whose word the entry rests; left out where the line says it in words. */
  readonly source?: Provenance;
  /** The day the list is about, if it is not today. */
  readonly moment?: { readonly asOf?: string };
}

/** The day of a line, leading to the entry behind it in the timeline of the asset. */
export function DateCell({ on, asset, entry, source, moment = {} }: DateCellProps) {
  const { t, language } = useWords();
  return (
    <td role="cell" class="since">
      <a href={`${addressOf(language, { page: 'asset', id: asset, moment })}#${entry}`}>
        {on === null ? t('reports.noDate') : <Day date={on} />}
      </a>
      {source && (
        <>
          {' '}
          <SourceMark of={source} />
        </>
      )}
    </td>
  );
}
