import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, OmitType } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validation } from '#http';
import { positionOf } from '#read-models';
import type { AreaCounts, Bounds } from '#read-models';
import { passedDeadline } from '../civic/around-asset';
import { KeptAnswers } from '../kept-answers';
import { mapFeatures } from '../map-features';
import { Reading } from '../reading';
import { FilterDto, alsoOf, mapQueryOf, refuseWordsInPast } from '../register-query';
import { IsBox, IsZoom } from '../seen-query';
import { Open } from './answer';
import { Answers, Queries } from './description';

/** A view of the map, of the assets the register's filters find. */
class MapDto extends OmitType(FilterDto, ['knownAt'] as const) {
  @IsBox()
  readonly bbox!: Bounds;

  @IsZoom()
  readonly zoom!: number;
}

/** Where assets lie, for the map of our pages and for those of others. */
@Queries()
@Controller('api/v1')
export class MapController {
  private readonly counts = new KeptAnswers<AreaCounts>();

  constructor(private readonly reading: Reading) {}

  @Get('map')
  @Open()
  @ApiOperation({
    operationId: 'readMap',
    summary:
      'What lies in a view of the map, as GeoJSON: assets counted by region, province or municipality, and from zoom 12 on by published position; at most 1000 features. With `asOf` by region and province, and by municipality within a province',
  })
  @Answers({ description: 'GeoJSON (RFC 7946)', json: { name: 'MapFeatures', type: 'application/geo+json' } })
  async map(
    @Query(validation('query')) query: MapDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseWordsInPast(query);
    const also = alsoOf(query, () => passedDeadline(this.reading));
    if (await this.reading.unchanged(request, reply, query.after, also, 'once')) return;
    const position = await positionOf(this.reading.database);
    const asked = mapQueryOf(query, (day) => this.reading.at(day));
    const features = await mapFeatures(this.reading, this.counts, query.bbox, query.zoom, asked, position);
    await reply
      .headers({ etag: this.reading.tag(features.position, await also?.()) })
      .type('application/geo+json; charset=utf-8')
      .send(JSON.stringify(features));
  }
}
