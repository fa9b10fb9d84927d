import type { Possibility, Refusal } from '#domain';
import { useWords } from '../language/speaking';
import { officeAddress } from './addresses';
import { actName, chapterName } from './names';
import { refusalInShort } from './refusal';

/** An act as the dossier offers it. */
export interface OfferedAct extends Possibility {
  /** Whether the person's role allows it. */
  readonly allowed: boolean;
}

interface ActsProps {
  readonly collection: string;
  readonly id: string;
  readonly acts: readonly OfferedAct[];
}

/** What can be recorded now, by chapter; and what cannot, with the reason. */
export function Acts({ collection, id, acts }: ActsProps) {
  const words = useWords();
  const { t } = words;
  const possible = acts.filter(({ refusal, allowed }) => allowed && !refusal);
  const not = acts.filter(({ refusal, allowed }) => !allowed || refusal);
  return (
    <section aria-labelledby="acts" class="acts">
      <h2 id="acts">{t('office.possible')}</h2>
      {possible.length === 0 && <p>{t('office.nothingPossible')}</p>}
      <div class="chapters">
        {grouped(possible).map(([chapter, inChapter]) => (
          <section key={chapter} aria-labelledby={`chapter-${chapter}`}>
            <h3 id={`chapter-${chapter}`}>{chapterName(chapter, words)}</h3>
            <ul>
              {inChapter.map(({ command }) => (
                <li key={command}>
                  <a href={officeAddress.act(collection, id, command)}>{actName(command, words)}</a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {not.length > 0 && (
        <details class="impossible">
          <summary>{t('office.notPossible', { count: not.length })}</summary>
          <p class="quiet">{t('office.notPossibleHint')}</p>
          <dl>
            {not.map(({ command, refusal, allowed }) => (
              <div key={command}>
                <dt>
                  {allowed && collection === 'assets' ? (
                    <a href={officeAddress.act(collection, id, command)}>{actName(command, words)}</a>
                  ) : (
                    actName(command, words)
                  )}
                </dt>
                <dd>{allowed ? refusalInShort(refusal as Refusal, words) : t('office.notAllowed')}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

function grouped(acts: readonly OfferedAct[]): [chapter: string, acts: OfferedAct[]][] {
  const chapters = new Map<string, OfferedAct[]>();
  for (const act of acts) chapters.set(act.chapter, [...(chapters.get(act.chapter) ?? []), act]);
  return [...chapters];
}
