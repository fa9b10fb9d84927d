import { PartedBar } from '../elements/bars';
import { useWords } from '../language/speaking';
import { PhaseLinks } from './phase-links';
import { groupOf, groups } from './view';
import type { IndicatorsView } from './view';

/** Where the assets stand, in four numbers that add up to all; each leads to its assets. */
export function GroupSummary({ view }: { readonly view: IndicatorsView }) {
  const words = useWords();
  const { total, byGroup } = view;
  const share = (group: (typeof groups)[number]): number => (total === 0 ? 0 : byGroup[group] / total);
  return (
    <div class="groups">
      <PartedBar parts={groups.map((group) => ({ name: group, share: share(group) }))} />
      <dl>
        {groups.map((group) => (
          <div key={group}>
            <dt>
              <svg class="key" width="14" height="14" aria-hidden="true">
                <rect class={`part part-${group}`} width="14" height="14" rx="3" />
              </svg>
              {words.t(`group.${group}`)}
            </dt>
            <dd>
              <strong>{words.number(byGroup[group])}</strong> <span class="quiet">{words.share(share(group))}</span>
              <PhaseLinks view={view} among={(phase) => groupOf[phase] === group} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
