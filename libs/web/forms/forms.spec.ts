import fc from 'fast-check';
import type { JsonObject, JsonValue } from '#domain';
import { aggregates, assetIdFrom, events, exampleOf, idFrom, shapeErrors, streamKinds } from '#domain';
import type { LetteredKind } from '#domain';
import type { Field, Shape } from './model';
import { formOf } from './model';
import { minorUnits, scaled } from './numbers';
import { dateTyped, instantTyped } from './dates';
import { Posted } from './posted';
import { readForm } from './read';
import { writeForm } from './write';

const rome = { timeZone: 'Europe/Rome' };
const everyCommand = streamKinds.flatMap((kind) =>
  [...aggregates[kind].commands].map(([command, { definition }]) => ({ name: `${kind} ${command}`, definition })),
);

const word = fc.stringMatching(/^[a-zà-ü0-9][a-zà-ü0-9 '"<>&.,-]{0,14}[a-zà-ü0-9]$/);
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** Every value a shape can have, but for empty lists and groups where they are optional: on a form these are nothing. */
function valuesOf(shape: Shape): fc.Arbitrary<JsonValue> {
  switch (shape.kind) {
    case 'line':
      return word.map((text) => text.slice(0, shape.maxLength).trim());
    case 'text':
      return fc.array(word, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'));
    case 'coded':
      // Words that are taken are left out afterwards: the generator knows no lookahead.
      return fc
        .stringMatching(new RegExp(shape.pattern.replace(/\(\?!\([^)]*\)\$\)/, '')))
        .filter((text) => new RegExp(shape.pattern).test(text));
    case 'date':
      return day;
    case 'instant':
      return fc.tuple(day, fc.constantFrom('Z', '+02:00', '-11:30')).map(([on, offset]) => `${on}T12:34:56${offset}`);
    case 'digest':
      return hex(64);
    case 'entry':
      return fc.uuid();
    case 'stream':
      return word.map((name) =>
        shape.of === 'asset' ? assetIdFrom('IT', 'a', name) : idFrom(shape.of as LetteredKind, 'IT', 'a', name),
      );
    case 'integer':
      return fc.integer({ min: Math.max(shape.minimum, -(2 ** 31)), max: Math.min(shape.maximum, 2 ** 31 - 1) });
    case 'decimal':
      return fc
        .double({
          min: shape.bounds.minimum ?? shape.bounds.exclusiveMinimum ?? -1e9,
          max: shape.bounds.maximum ?? 1e9,
          noNaN: true,
        })
        .filter((number) => !Object.is(number, -0) && number !== shape.bounds.exclusiveMinimum);
    case 'yes-no':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...shape.codes);
    case 'choices':
      return fc.shuffledSubarray([...shape.codes], { minLength: Math.max(1, shape.minItems) });
    case 'money':
      return fc.record({
        minor: fc.maxSafeNat().filter((minor) => minor >= shape.minimum),
        currency: fc.constantFrom('EUR', 'JPY', 'TND', 'XYZ'),
      });
    case 'quantity':
      return fc.record({
        value: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        scale: fc.integer({ min: 0, max: 6 }),
        unit: fc.constantFrom(...shape.units),
      });
    case 'group':
      return dataOf(shape.fields).filter((fields) => Object.keys(fields).length > 0);
    case 'list': {
      const size = { minLength: Math.max(1, shape.minItems), maxLength: Math.max(shape.minItems, 3) };
      return shape.unique ? fc.uniqueArray(valuesOf(shape.item), size) : fc.array(valuesOf(shape.item), size);
    }
    case 'json':
      return fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
  }
}

function dataOf(fields: readonly Field[]): fc.Arbitrary<JsonObject> {
  const shapes = Object.fromEntries(fields.map(({ name, shape }) => [name, valuesOf(shape)]));
  return fc.record(shapes, { requiredKeys: fields.filter(({ required }) => required).map(({ name }) => name) });
}

/** As a browser sends it: line breaks as CR LF. */
const sent = (posted: Posted): Posted =>
  new Posted([...posted.pairs()].map(([name, value]) => [name, value.replace(/\n/g, '\r\n')] as const));

function mustBeFilled({ required, shape }: Field): boolean {
  if (!required) return false;
  if (shape.kind === 'list' || shape.kind === 'choices') return shape.minItems > 0;
  return shape.kind !== 'group' || shape.fields.some(mustBeFilled);
}

describe('a form of every command', () => {
  it.each(everyCommand)('$name reads back what was filled in, to the last digit', ({ definition }) => {
    const fields = formOf(definition);
    fc.assert(
      fc.property(dataOf(fields), fc.constantFrom(',', '.'), (data, mark) => {
        fc.pre(shapeErrors(definition.asked, data).length === 0);
        const { data: read, faults } = readForm(fields, sent(writeForm(fields, data, mark)), rome);
        expect(faults).toEqual([]);
        expect(read).toEqual(data);
      }),
      { numRuns: 60 },
    );
  });

  it.each(everyCommand)('$name left empty names each field it must have, and no other', ({ definition }) => {
    const fields = formOf(definition);
    const { faults } = readForm(fields, new Posted(), rome);
    const faulty = new Set(faults.map(({ path }) => path.split('.')[1]));
    expect([...faulty].sort()).toEqual(fields.filter(mustBeFilled).map(({ name }) => name).sort());
  }); // prettier-ignore

  it('takes the example of every command', () => {
    for (const { definition } of events.values()) {
      const data = exampleOf(definition.asked);
      const fields = formOf(definition);
      expect(readForm(fields, writeForm(fields, data, ','), rome)).toEqual({ data, faults: [] });
    }
  });

  it('shows no field as raw JSON but the value of a correction', () => {
    const raw = [...events.values()].flatMap(({ definition }) =>
      formOf(definition)
        .filter(({ shape }) => shape.kind === 'json')
        .map(({ name }) => `${definition.type}.${name}`),
    );
    expect(raw).toEqual(['EntryCorrected.value']);
  });
});

describe('what people type', () => {
  it.each([
    ['1234,56', 123456], ['1234.56', 123456], ['1.234,56', 123456], ['1,234.56', 123456], ['1 234,5', 123450], ['1.234.567', 123456700],
    ["1'234", 123400], ['0,05', 5], ['1234', 123400], ['90071992547409,91', Number.MAX_SAFE_INTEGER], ['0,005', 'too-many-decimals'],
    ['1.234', 'ambiguous-number'], ['1,234', 'ambiguous-number'], ['12,3456', 'too-many-decimals'], ['1.23,4', 'number'], ['1,2,3', 'number'],
    ['abc', 'number'], ['1.234.56', 'number'], ['90071992547409,92', 'number-too-large'], ['', 'number'],
  ])('%s euro are %s cents', (typed, minor) => expect(minorUnits(typed, 2)).toBe(minor)); // prettier-ignore

  it('keeps the decimals of a quantity', () => {
    expect(scaled('12,50')).toEqual({ value: 1250, scale: 2 });
    expect(scaled('0.1234567')).toBe('too-many-decimals');
  });

  it.each([
    ['12/3/2015', '2015-03-12'], ['12.03.2015', '2015-03-12'], ['12 3 2015', '2015-03-12'], ['2015-03-12', '2015-03-12'], ['31/2/2015', undefined],
    ['3/15/2015', undefined], ['12/3/15', undefined], ['12/3', undefined],
  ])('%s is %s', (typed, date) => expect(dateTyped(typed)).toBe(date)); // prettier-ignore

  it.each([
    ['30/09/2026 12:00', '2026-09-30T12:00:00+02:00'], ['30/01/2026 9.30', '2026-01-30T09:30:00+01:00'],
    ['2026-09-30T12:00:00-03:00', '2026-09-30T12:00:00-03:00'], ['30/09/2026 24:00', undefined], ['30/09/2026', undefined],
  ])('%s in Rome is %s', (typed, instant) => expect(instantTyped(typed, 'Europe/Rome')).toBe(instant)); // prettier-ignore

  it('leaves out what was left empty, also where blanks were typed', () => {
    const fields = formOf(events.get('ConfiscationOrdered')!.definition);
    const posted = new Posted([['data.instance', 'first'], ['data.court', '  '], ['data.act.number', ''], ['data.share', '']]); // prettier-ignore
    expect(readForm(fields, posted, rome)).toEqual({ data: { instance: 'first' }, faults: [] });
  });
});
