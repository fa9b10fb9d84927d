import { events, shapeErrors } from '#domain';
import { goldenName, goldenNames, goldenOf, meaningOf, readGolden, readToday, updating, writeGolden } from './golden';

/**
 * A log is read for as long as there is one. Each version of each event type has a file in golden/ that says what it looked like; the files
 * are never edited and never deleted once a version has been recorded in a log.
 */
describe('golden files', () => {
  const definitions = [...events.values()].map(({ definition }) => definition);
  const versions = definitions.flatMap((definition) =>
    Array.from({ length: definition.version }, (_, past) => ({ definition, version: past + 1 })),
  );

  if (updating) {
    // Writes what is missing; of what is there, only how today's code reads it.
    for (const { definition, version } of versions) {
      const there = goldenNames().includes(goldenName(definition.type, version));
      if (!there && version === definition.version) writeGolden(goldenOf(definition));
      if (there) {
        const golden = readGolden(goldenName(definition.type, version));
        writeGolden({ ...golden, read: readToday(golden) });
      }
    }
  }

  const sentence = (found: readonly string[], whatToDo: string): string =>
    found.length === 0 ? '' : `${found.join(', ')}: ${whatToDo}`;

  it('are there for every version, and for nothing else', () => {
    const needed = versions.map(({ definition, version }) => goldenName(definition.type, version));
    const there = goldenNames();
    expect(
      sentence(
        needed.filter((name) => !there.includes(name)),
        'missing. Run the domain tests once with UPDATE_GOLDEN=1. The file of a past version comes from the history, never from today.',
      ),
    ).toBe('');
    expect(
      sentence(
        there.filter((name) => !needed.includes(name)),
        'no such version in the catalogue. A version that was ever recorded must stay readable.',
      ),
    ).toBe('');
  });

  it.each(definitions.map((definition) => [definition.type, definition] as const))(
    'of %s show the schema unchanged',
    (_, definition) => {
      const golden = readGolden(goldenName(definition.type, definition.version));
      // A difference here changes what recorded entries mean: make it a new version with an upcast, or take it back. Only if the version was
      // never recorded in any log may its file be deleted and written anew.
      expect(meaningOf(definition.data)).toEqual(meaningOf(golden.schema));
    },
  );

  it.each(versions.map(({ definition, version }) => [goldenName(definition.type, version), definition] as const))(
    '%s is read as it was agreed, and as today’s schema wants it',
    (name, definition) => {
      const golden = readGolden(name);
      const read = readToday(golden);
      expect(read).toEqual(golden.read);
      expect(shapeErrors(definition.data, read.full)).toEqual([]);
      expect(shapeErrors(definition.data, read.least)).toEqual([]);
    },
  );
});
