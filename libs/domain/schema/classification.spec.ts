import { Type } from '@sinclair/typebox';
import type { TObject } from '@sinclair/typebox';
import { events } from '../streams';
import { assertClassified } from './classification';
import { defineEvent } from './definition';
import { line, optional, personalField, publicField, record, restrictedField } from './fields';

const define = (data: TObject) => () => defineEvent('SomethingHappened', { description: '', source: '', data });

describe('an event is classified field by field, each as a whole', () => {
  it('in the whole catalogue', () => {
    for (const { definition } of events.values()) {
      expect(() => assertClassified(definition.type, definition.data)).not.toThrow();
    }
  });

  it('with all three classes side by side', () =>
    expect(
      define(
        record({
          who: personalField(line(), ''),
          where: restrictedField(record({ street: line() }), ''),
          what: optional(publicField(Type.Array(record({ name: line() })), '')),
        }),
      ),
    ).not.toThrow());

  it('and none without a class', () =>
    expect(define(record({ who: line() }))).toThrow(/SomethingHappened\.who .*publicField/));

  it.each([
    ['an object', record({ name: personalField(line(), '') }), 'body.name'],
    ['a list', Type.Array(record({ name: personalField(line(), '') })), 'body[].name'],
    ['a list itself', Type.Array(restrictedField(line(), '')), 'body[]'],
    ['a deeper object', record({ inner: record({ name: restrictedField(line(), '') }) }), 'body.inner.name'],
    ['an alternative', Type.Union([line(), record({ name: personalField(line(), '') })]), 'body[].name'],
    ['a tuple', Type.Tuple([line(), personalField(line(), '')]), 'body[]'],
    ['an optional member', record({ name: optional(personalField(line(), '')) }), 'body.name'],
  ])('and none mixed inside %s', (_, schema, path) =>
    expect(define(record({ body: publicField(schema, '') }))).toThrow(`SomethingHappened.${path} is classified inside`),
  );

  it.each([
    ['the event', Type.Object({ body: publicField(line(), '') })],
    ['a field', record({ body: publicField(Type.Object({ name: line() }), '') })],
    ['a list', record({ body: publicField(Type.Array(Type.Object({ name: line() })), '') })],
    ['a map', record({ body: publicField(Type.Record(Type.String(), line()), '') })],
  ])('and no room for the unknown in %s', (_, data) => expect(define(data)).toThrow(/takes unknown properties/));
});
