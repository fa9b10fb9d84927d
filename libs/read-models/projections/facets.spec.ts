import fc from 'fast-check';
import type { Asset, RecordedEvent } from '#domain';
import { assignedAsset, italy, redFlags } from '#domain';
import { live, wishes } from '../../../test/domain/random-lives';
import type { Row } from '../projection';
import { idleDayOf } from './facets';
import { register } from './register';

const { keysOf, apply, tables, tallies = [] } = register(italy);

interface Made {
  readonly row: Row | undefined;
  readonly cells: readonly Row[];
  readonly idle: readonly Row[];
}

function madeOf(events: readonly RecordedEvent[]): Made {
  let state: unknown;
  for (const event of events) for (const key of keysOf(event)) state = apply(state, event, key, () => undefined);
  if (state === undefined) return { row: undefined, cells: [], idle: [] };
  const cellsOf = (name: string) => tallies.find(({ table }) => table.name === name)!.of(state);
  return { row: tables[0]!.rows(state)[0], cells: cellsOf('facet_stock'), idle: cellsOf('idle_days') };
}

describe('the facets of the register, over random lawful lives', () => {
  it('are what the list of assigned assets, the red flags and the dossier say', () => {
    const seen = { used: 0, unused: 0, idle: 0, organisation: 0, body: 0, office: 0 };
    fc.assert(
      fc.property(wishes, (all) => {
        const { dossier, events } = live(all);
        const { asset, history } = dossier;
        const { row, cells, idle } = madeOf(events);
        if (!asset) return expect([row, cells, idle]).toEqual([undefined, [], []]);
        const line = assignedAsset(history, asset);
        if (line) expect(row!.use_standing ?? 'not-stated').toBe(line.use);
        if (line?.holder)
          expect([row!.manager, row!.organisation]).toEqual([line.holder.name, line.holder.organisation]);
        const flagged = redFlags(history, asset, italy).find(({ rule }) => rule === 'long-idle');
        if (flagged) expect(row!.idle_since).toBe(flagged.on);
        else if (asset.final) expect(row!.idle_since).toBeNull();
        expect(row!.manager_kind).toBe(kindOf(asset));
        expect(cells).toHaveLength(1);
        for (const facet of ['use_standing', 'manager_kind', 'purpose', 'phase'])
          expect(cells[0]![facet]).toBe(row![facet] ?? '');
        expect(idle.map(({ day }) => day)).toEqual(
          row!.idle_since === null ? [] : [idleDayOf(String(row!.idle_since))],
        );
        seen.used += row!.use_standing === 'in-use' ? 1 : 0;
        seen.unused += row!.use_standing === 'not-in-use' ? 1 : 0;
        seen.idle += flagged ? 1 : 0;
        seen.organisation += line?.holder ? 1 : 0;
        seen.body += row!.manager_kind === 'body' ? 1 : 0;
        seen.office += row!.manager_kind === 'agency' || row!.manager_kind === 'judicial-administrator' ? 1 : 0;
      }),
      { numRuns: 300 },
    );
    expect(Object.entries(seen).filter(([, times]) => times < 4)).toEqual([]);
  });
});

/** Said once more in other words than the domain's own. */
function kindOf({ left, agreement, transfer, administrator }: Asset): string | null {
  if (left !== undefined && left.as !== 'kept-by-state') return null;
  const holder = agreement ? 'organisation' : transfer ? 'body' : administrator?.office;
  return holder ?? null;
}
