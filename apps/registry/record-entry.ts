import { Inject } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Command, StreamName } from '#domain';
import { Recorder } from '#recording';
import type { Origin, Recorded } from '#recording';

/** The envelope of every command on a stream. */
export class RecordEntry {
  constructor(
    readonly stream: StreamName,
    readonly command: Command,
    readonly origin: Origin,
    readonly expected: number | undefined,
  ) {}
}

/** One handler for all kinds of streams; what a command may do is decided by the domain. */
@CommandHandler(RecordEntry)
export class RecordEntryHandler implements ICommandHandler<RecordEntry, Recorded> {
  constructor(@Inject(Recorder) private readonly recorder: Pick<Recorder, 'record'>) {}

  execute({ stream, command, origin, expected }: RecordEntry): Promise<Recorded> {
    return this.recorder.record(stream, command, origin, expected);
  }
}
