import { Roster } from '#access';
import type { SignIn } from '#access';
import type { EventStore } from '#event-store';
import { openFiles } from '#files';
import type { Files } from '#files';
import type { KeyStore } from '#privacy';
import type { Room } from '#process';
import type { Recorder } from '#recording';
import { AccessControl } from './access-control';
import { LocalOfficer } from './back-office/access';
import { BackOfficeModule } from './back-office/back-office.module';
import type { OfficeReports } from './back-office/reports';
import { SignedInOffice } from './back-office/signed-in';
import { registryApi } from './description';
import { openEntrance } from './entrance';
import { Erasing } from './erasing';
import type { EntranceParts } from './entrance';
import { filesRoom } from './files.module';
import { FromHere } from './from-here.guard';
import { withNamedFiles } from './named-files';
import { PublishedFiles } from './published-files';
import { RegistryModule } from './registry.module';
import { ReturnCountController } from './return-count.controller';
import { ReturnCounting } from './return-counting';
import { sealedRoom } from './sealed/sealed.module';
import { RegistrySettings } from './settings';
import { withShutOut } from './shut-out';

const DAY_MS = 86_400_000;

export interface AgencyParts {
  /** The log as the agency sees it: with what was said of persons. */
  readonly store: EventStore;
  /** The log as it lies there, and the keys of persons. */
  readonly sealed: { readonly log: EventStore; readonly keys: KeyStore };
  readonly recorder: Recorder;
  readonly settings: RegistrySettings;
  /** Where files lie, and what those of a class may take together, in bytes. */
  readonly kept: { readonly folder: string; readonly quota: number };
  /** What time it is; by the clock of this machine unless said. */
  readonly clock?: () => string;
  /** What the back office knows from the read models, where they are at hand. */
  readonly reports?: OfficeReports;
  /** Where people are to sign in; without it whoever sits at this machine acts. */
  readonly door?: Pick<EntranceParts, 'settings' | 'publicUrl' | 'commandsAMinute'>;
  readonly onNotice: (notice: string) => void;
}

/** The agency side over a log: its rooms, and what goes on between requests. */
export interface Agency {
  readonly rooms: readonly Room[];
  readonly published: PublishedFiles;
  /** Carries out what erasures order. */
  readonly erasing: Erasing;
  /** Counts the annual returns that are asked for. */
  readonly counting: ReturnCounting;
  readonly files: Files;
  /** Where people sign in here. */
  readonly signIn?: SignIn;
  close(): Promise<void>;
}

/** Opens the shelves, follows the log with them, and puts the rooms of the agency together. */
export async function openAgency(parts: AgencyParts): Promise<Agency> {
  const { store, sealed, recorder, kept, reports, door, onNotice, clock = () => new Date().toISOString() } = parts;
  const files = await openFiles(kept.folder, kept.quota);
  const erasing = new Erasing(sealed.log, sealed.keys, files, onNotice);
  await erasing.start();
  const published = new PublishedFiles(sealed.log, files, { folder: kept.folder, onNotice });
  await published.start();
  const collecting = setInterval(() => {
    published.collectOrphans().catch((error: unknown) => onNotice(`Orphans could not be collected: ${String(error)}`));
  }, DAY_MS).unref();
  const recording: Pick<Recorder, 'record' | 'situation'> = {
    record: withShutOut(
      withNamedFiles((...entry) => recorder.record(...entry), files),
      () => entrance?.signIn,
      onNotice,
    ),
    situation: (kind, id) => recorder.situation(kind, id),
  };
  const { profile, actor } = parts.settings;
  const counting = new ReturnCounting({ log: sealed.log, recorder, profile, clock, onNotice });
  counting.start();
  const entrance = door && (await openEntrance({ ...door, recorder: recording, store, profile, agency: actor.agency }));
  const roster = new Roster(store);
  const settings: RegistrySettings = { ...parts.settings, ...entrance?.guards };
  const access = new AccessControl(recording, settings);
  const guards = [
    FromHere,
    { provide: AccessControl, useValue: access },
    { provide: RegistrySettings, useValue: settings },
  ];
  return {
    rooms: [
      ...(entrance ? [entrance.room] : []),
      { module: RegistryModule.forRoot(recording, settings, store, access), api: registryApi },
      {
        module: BackOfficeModule.forRoot({
          recorder,
          store,
          profile: settings.profile,
          access: access.signsIn
            ? new SignedInOffice(access, roster, settings.profile.timeZone)
            : new LocalOfficer(settings.actor),
          counting,
          ...(reports && { reports }),
          ...(entrance && {
            people: {
              roster,
              signIn: entrance.signIn,
              ...(door?.publicUrl !== undefined && { publicUrl: door.publicUrl }),
            },
          }),
        }),
      },
      { module: ReturnCountController.over(counting) },
      filesRoom(files, settings, guards),
      sealedRoom({ store, files, settings, clock, guards }),
    ],
    published,
    erasing,
    counting,
    files,
    ...(entrance && { signIn: entrance.signIn }),
    close: async () => {
      clearInterval(collecting);
      await entrance?.close();
      await counting.close();
      await published.close();
      await erasing.close();
    },
  };
}
