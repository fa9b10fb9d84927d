import type { Command, Circumstances, NewEvent } from '#domain';
import { decide, derivedUuid, emptyDossier, evolve, italy } from '#domain';
import { lives } from './lives';

export const officer = { subject: 'officer-17', agency: 'ANBSC', role: 'officer' } as const;

/** What the log holds of one asset. */
export interface Stream {
  readonly stream: string;
  readonly events: readonly NewEvent[];
}

/** How large a log is made: at least so many events, or the whole lives of so many assets. */
export type Size = { readonly events: number } | { readonly assets: number };

/** Streams of lawful events: every command of every life goes through the law. */
export function* streams(size: Size, seed = 1): Generator<Stream> {
  let left = 'events' in size ? size.events : Infinity;
  for (const { asset, commands } of lives('assets' in size ? size.assets : size.events, seed)) {
    if (left <= 0) return;
    const stream = `asset-${asset}`;
    const events = decided(stream, commands);
    left -= events.length;
    yield { stream, events };
  }
}

function decided(stream: string, commands: readonly Command[]): NewEvent[] {
  const events: NewEvent[] = [];
  let dossier = emptyDossier;
  for (const [place, command] of commands.entries()) {
    const decision = decide(command, dossier, circumstances(stream, place));
    if (decision.kind !== 'accepted')
      throw new Error(`The generator broke the law at ${stream}: ${JSON.stringify({ command, decision })}`);
    for (const event of decision.events) {
      events.push(event);
      dossier = evolve(dossier, { ...event, stream, revision: events.length - 1, position: events.length });
    }
  }
  return events;
}

function circumstances(stream: string, place: number): Circumstances {
  return {
    id: stream,
    now: new Date(Date.UTC(2025, 0, 1) + place * 60_000).toISOString(),
    profile: italy,
    actor: officer,
    source: { kind: 'api' },
    commandId: derivedUuid(stream, place),
    commandDigest: 'ulUnK3rVmYt8cUhJ2vCD5A',
    correlationId: 'bench',
  };
}
