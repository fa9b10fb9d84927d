import type { Asset, History, Profile, RecordedEvent } from '#domain';
import { after, fold } from '#domain';
import { publicEvent } from '#privacy';
import { process } from '../process';
import type { About, Process } from '../process';
import { agreementDuties } from './agreements';
import { followUpDuties } from './follow-up';

/** The deadlines of one asset: of its phase, its agreement, its use, and what it needs. */

interface Kept {
  /** Public fields alone: nothing personal or restricted is kept beside the log. */
  readonly history: History;
  /** The authority that recorded last. */
  readonly agency: string;
}

/** An asset as its duties see it. */
export interface Life {
  readonly id: string;
  readonly asset: Asset;
  readonly history: History;
  readonly about: About;
  readonly profile: Profile;
}

const STREAM = 'asset-';

export const assets = (profile: Profile): Process =>
  process<Kept>({
    name: 'assets',
    version: 1,
    keysOf: ({ stream }) => (stream.startsWith(STREAM) ? [stream.slice(STREAM.length)] : []),
    apply: kept,
    plan: ({ history, agency }, id) => {
      const asset = fold(history);
      if (!asset) return [];
      const life = { id, asset, history, about: aboutAsset(id, asset, agency), profile };
      return [...agreementDuties(life), ...(asset.left ? [] : followUpDuties(life))];
    },
  });

function kept(before: Kept | undefined, recorded: RecordedEvent): Kept {
  const event = publicEvent(recorded);
  const { source, actor } = event.metadata;
  return {
    history: after({ history: before?.history ?? [], asset: undefined }, event).history,
    agency: before && source.kind === 'process' ? before.agency : actor.agency,
  };
}

function aboutAsset(id: string, { description: { location } }: Asset, agency: string): About {
  const areas = [location?.region, location?.province, location?.municipality].flatMap((area) => area?.code ?? []);
  return { agency, asset: id, areas };
}
