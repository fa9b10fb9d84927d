import { Injectable } from '@nestjs/common';
import type { Place } from '#web';
import { PublicationTerms } from '../open-data/publication-terms';
import { PublishedLog, base64 } from '../published-log';
import { Reading } from '../reading';

/** What every page is told of where and when it is shown. */
@Injectable()
export class PlaceOfPages {
  constructor(
    private readonly reading: Reading,
    private readonly log: PublishedLog,
    private readonly publication: PublicationTerms,
  ) {}

  /** As it is now. Cheap: the signed state is read and verified anew only where it is another than before. */
  async now(): Promise<Place> {
    const { asking, signIn } = this.reading;
    const latest = await this.log.latest();
    return {
      asking,
      signIn,
      publisher: this.publication.terms.publisher,
      today: this.reading.today(),
      signed: latest && { size: latest.head.size, root: base64(latest.head.root) },
    };
  }
}
