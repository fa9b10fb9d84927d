import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { AssetCommand, AssetId } from '#domain';
import { AssetRecorder } from '#recording';
import type { Origin, Recorded } from '#recording';

/** The envelope of every command on a dossier. */
export class RecordEntry {
  constructor(
    readonly asset: AssetId,
    readonly command: AssetCommand,
    readonly origin: Origin,
    readonly expected: number | undefined,
  ) {}
}

/** One handler for the aggregate; what a command may do is decided by the domain. */
@CommandHandler(RecordEntry)
export class RecordEntryHandler implements ICommandHandler<RecordEntry, Recorded> {
  constructor(private readonly recorder: AssetRecorder) {}

  execute({ asset, command, origin, expected }: RecordEntry): Promise<Recorded> {
    return this.recorder.record(asset, command, origin, expected);
  }
}
