import { events, exampleOf, provenanceOf, provenances } from '#domain';

const provenanceOfType = (type: string, data = {}): string => provenanceOf({ type, data });

describe('the provenance of an entry', () => {
  it('is an official act where the entry names one, or the document it rests on', () => {
    expect(provenanceOfType('ConfiscationBecameFinal', { act: { number: '12' } })).toBe('official-act');
    expect(provenanceOfType('AnswerPublished', { document: { title: 'Reply', sha256: '0' } })).toBe('official-act');
  });

  it('is an agency’s record where it names none, whatever there may have been', () => {
    expect(provenanceOfType('ConfiscationBecameFinal')).toBe('agency-record');
    expect(provenanceOfType('DestinationDecided', { act: null })).toBe('agency-record');
  });

  it('is a civic report where those told it who are no authority, also with a document beside it', () => {
    for (const type of ['QuestionAsked', 'ObservationFiled', 'ActivityReported', 'RecommendationAdopted'])
      expect(provenanceOfType(type, { document: { title: 'Photo' } })).toBe('civic-report');
  });

  it('is known for every type of entry, with and without what may be left out', () => {
    const found = new Set(
      [...events].map(([type, { definition }]) => provenanceOfType(type, exampleOf(definition.data))),
    );
    expect([...found].sort()).toEqual([...provenances].sort());
  });

  it('names no type that does not exist', () => {
    const told = [...events.keys()].filter((type) => provenanceOfType(type) === 'civic-report');
    expect(told).toHaveLength(7);
  });
});
