import { aggregates, events, streamKinds } from '#domain';
import { italy } from '#domain';
import { formOf } from '../forms/model';
import type { Field, Shape } from '../forms/model';
import en from '../i18n/office/en.json';
import hints from '../i18n/office/hints.it.json';
import it_ from '../i18n/office/it.json';
import { officeLanguages } from '../language/languages';
import { wordsFor } from '../language/words';
import { actName, chapterName, collectionName, hintOf } from './names';

const keysOf = (texts: object, path = ''): string[] =>
  Object.entries(texts).flatMap(([name, text]: [string, unknown]) =>
    typeof text === 'object' && text !== null ? keysOf(text, `${path}${name}.`) : [path + name],
  );

const within = (shape: Shape): Field[] => {
  if (shape.kind === 'list') return within(shape.item);
  return shape.kind === 'group' ? shape.fields.flatMap((field) => [field, ...within(field.shape)]) : [];
};
const everyField = [...events.values()].flatMap(({ definition }) =>
  formOf(definition).flatMap((field) => [field, ...within(field.shape)]),
);

describe('the texts of the back office', () => {
  it('are the same ones in every language', () => {
    const stems = (texts: object): string[] => [...new Set(keysOf(texts).map((key) => key.replace(/_\w+$/, '')))].sort();
    expect(stems(it_)).toEqual(stems(en));
  }); // prettier-ignore

  describe.each(officeLanguages)('in %s', (language) => {
    const words = wordsFor(language, italy);

    it('name every act, chapter and collection', () => {
      const unnamed = streamKinds.flatMap((kind) => {
        const { collection, commands } = aggregates[kind];
        return [...commands.values()]
          .flatMap(({ command, chapter }) => [
            ...(actName(command, words) === command ? [`act.${command}`] : []),
            ...(chapterName(chapter, words) === chapter ? [`chapter.${chapter}`] : []),
          ])
          .concat(collectionName(collection, words) === collection ? [`collection.${collection}`] : []);
      });
      expect([...new Set(unnamed)]).toEqual([]);
    });

    it('have a label for every field and a name for every answer', () => {
      const missing = everyField.flatMap(({ name, shape }) => [
        ...(words.named(`field.${name}`) === undefined ? [`field.${name}`] : []),
        ...(shape.kind === 'choice' || shape.kind === 'choices' ? shape.codes : [])
          .filter((code) => words.code(name, code) === code && words.named(`code.${name}.${code}`) === undefined)
          .map((code) => `code.${name}.${code}`),
      ]);
      expect([...new Set(missing)]).toEqual([]);
    });

    it('explain every field that the schema explains', () => {
      const missing = everyField.filter((field) => field.hint !== undefined && hintOf(field, words) === undefined);
      expect([...new Set(missing.map(({ hint }) => hint))]).toEqual([]);
    });
  });

  it('explain nothing that is asked nowhere', () => {
    const asked = new Set(everyField.map(({ hint }) => hint));
    expect(Object.keys(hints).filter((hint) => !asked.has(hint))).toEqual([]);
  });
});
