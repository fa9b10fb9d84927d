import { Scrolling } from '../elements/scrolling';

/** A figure as it is said, and where the rows are that make it. */
export interface Figure {
  readonly text: string;
  readonly href?: string;
}

interface FigureLine {
  readonly name: string;
  readonly figures: readonly Figure[];
}

interface FigureTableProps {
  readonly title: string;
  /** Of the first column, and of each figure. */
  readonly heads: readonly string[];
  readonly lines: readonly FigureLine[];
  /** Of all lines together; one for each currency, where amounts cannot be added. */
  readonly foot?: readonly FigureLine[];
}

/** Figures beside one another, each leading to its rows where it has some. */
export function FigureTable({ title, heads, lines, foot = [] }: FigureTableProps) {
  const line = ({ name, figures }: FigureLine, place: number) => (
    <tr key={place}>
      <th scope="row">{name}</th>
      {figures.map(({ text, href }, column) => (
        <td class="numeric" key={column}>
          {href === undefined ? text : <a href={href}>{text}</a>}
        </td>
      ))}
    </tr>
  );
  return (
    <Scrolling label={title}>
      <table>
        <caption class="hidden">{title}</caption>
        <thead>
          <tr>
            {heads.map((head, place) => (
              <th scope="col" key={place} class={place === 0 ? undefined : 'numeric'}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{lines.map(line)}</tbody>
        {foot.length > 0 && <tfoot>{foot.map(line)}</tfoot>}
      </table>
    </Scrolling>
  );
}
