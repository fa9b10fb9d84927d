import { Injectable } from '@nestjs/common';
import type { Instant } from '#domain';
import { NotBuiltYet, positionOf, recentEntries } from '#read-models';
import type { Place } from '#web';
import { KeptAnswers } from '../kept-answers';
import { PublicationTerms } from '../open-data/publication-terms';
import { PublishedLog, base64 } from '../published-log';
import { Reading } from '../reading';

/** What every page is told of where and when it is shown. */
@Injectable()
export class PlaceOfPages {
  private readonly entries = new KeptAnswers<Instant | undefined>();

  constructor(
    private readonly reading: Reading,
    private readonly log: PublishedLog,
    private readonly publication: PublicationTerms,
  ) {}

  /** As it is now. Cheap: the signed state is read and verified anew only where it is another than before. */
  async now(): Promise<Place> {
    const { asking, signIn, known } = this.reading;
    const { publisher, sourceCode, contact } = this.publication.terms;
    const [signed, latest, kept] = await Promise.all([this.log.lately(), this.latestEntry(), known.kept()]);
    return {
      asking,
      signIn,
      publisher,
      sourceCode,
      contact,
      today: this.reading.today(),
      signed: signed && { size: signed.head.size, root: base64(signed.head.root) },
      latest,
      known: { day: known.day, kept: kept.map(({ day }) => day) },
    };
  }

  private async latestEntry(): Promise<Instant | undefined> {
    const { database } = this.reading;
    const asked = async (): Promise<Instant | undefined> => (await recentEntries(database, {}, 1))[0]?.recordedAt;
    try {
      return (await this.entries.to('latest', await positionOf(database), asked)).answer;
    } catch (error) {
      if (error instanceof NotBuiltYet) return undefined;
      throw error;
    }
  }
}
