import { authoritiesOf, noAgencies } from '#domain';
import type {
  Account,
  Asset,
  Call,
  JsonObject,
  JsonValue,
  OrganisationId,
  Situations,
  StreamKind,
  Thread,
} from '#domain';

/** What a request is about, as far as rights ask. */
export interface Target {
  /** The agencies that keep the stream; none where there is no such stream. */
  readonly keepers: readonly string[];
  /** Codes of the areas it lies in; none where that is not known. */
  readonly areas: readonly string[];
  /** Whether the kind of thing lies anywhere at all. */
  readonly placed: boolean;
  /** The organisations for which the request would speak or act. */
  readonly organisations: readonly OrganisationId[];
  /** The account, where the stream is one. */
  readonly account?: string;
}

/** What is asked for: reading when there is no command. `data` comes from outside and may have any shape. */
export interface Asked {
  readonly kind: StreamKind;
  readonly id: string;
  readonly command?: string;
  readonly data?: unknown;
}

/** What a request is about, from the stream as it stands and the data as they were sent. Never throws, whatever the data are. */
export function targetOf<Kind extends StreamKind>(asked: Asked & { readonly kind: Kind }, situation: Situations[Kind]): Target {
  const { kind, id, command } = asked;
  const data = objectIn(asked.data);
  const { keeper } = situation;
  const asset = 'asset' in situation ? situation.asset : undefined;
  const state: unknown = 'state' in situation ? situation.state : undefined;
  const account = kind === 'account' ? (state as Account | undefined) : undefined;
  const thread = kind === 'dialogue' ? (state as Thread | undefined) : undefined;
  return {
    keepers: thread ? authoritiesOf(thread) : account ? [account.agency ?? noAgencies.member] : keeperIn(kind, keeper),
    areas: kind === 'asset' ? areasIn(asset ? asset.description.location : data.location) : [],
    placed: kind === 'asset',
    organisations: command === undefined ? [] : (concerned(kind, command, id, data, asset, state) ?? []),
    ...(kind === 'account' && { account: id }),
  };
} // prettier-ignore

/** An account and a thread are kept by others than who opened them. */
const keeperIn = (kind: StreamKind, keeper: string | undefined): readonly string[] =>
  keeper === undefined || kind === 'dialogue' || kind === 'account' ? [] : [keeper];

/** The organisations a command speaks for. Undefined where it speaks for none, or for one that cannot be told. */
function concerned(
  kind: StreamKind,
  command: string,
  id: string,
  data: JsonObject,
  asset: Asset | undefined,
  state: unknown,
): readonly OrganisationId[] | undefined {
  switch (kind) {
    case 'organisation':
      return [id];
    case 'dialogue':
      return texts(data.organisation);
    case 'call':
      return command === 'withdraw-application' ? ofApplication(state as Call | undefined, data) : texts(data.organisation);
    case 'asset':
      return asset && ofAsset(command, data, asset);
    case 'group':
    case 'account':
    case 'return':
      return undefined;
  }
} // prettier-ignore

function ofAsset(command: string, data: JsonObject, asset: Asset): readonly OrganisationId[] | undefined {
  switch (command) {
    case 'report-activity':
      return texts(asset.agreement?.organisation);
    case 'pledge-support':
      return texts(objectIn(data.supporter).organisation);
    case 'deliver-support':
      return ofPledge(data, asset);
    // A supporter says for itself that it withdraws; that the authority did is for the authority to say.
    case 'withdraw-support':
      return data.by === 'supporter' ? ofPledge(data, asset) : undefined;
    default:
      return undefined;
  }
}

const ofPledge = ({ pledge }: JsonObject, { support }: Asset): readonly OrganisationId[] =>
  texts(support?.pledges.find(({ id }) => id === pledge)?.supporter.organisation);

const ofApplication = (call: Call | undefined, { application }: JsonObject): readonly OrganisationId[] =>
  texts(call?.applications.find(({ id }) => id === application)?.organisation);

const texts = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : []);

function areasIn(location: unknown): readonly string[] {
  const { region, province, municipality } = objectIn(location);
  return [region, province, municipality].flatMap((area) => texts(objectIn(area).code));
}

const objectIn = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, JsonValue>) : {};
