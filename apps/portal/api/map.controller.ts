import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, OmitType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsInt, Max, Min, Validate, ValidatorConstraint } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validation } from '#http';
import { positionOf } from '#read-models';
import type { AreaCounts, Bounds } from '#read-models';
import { passedDeadline } from '../civic/around-asset';
import { KeptAnswers } from '../kept-answers';
import { mapFeatures } from '../map-features';
import { Reading } from '../reading';
import { FilterDto, alsoOf, mapQueryOf, refuseOnMapOfADay } from '../register-query';
import { Open } from './answer';
import { Answers, Queries } from './description';

const BOX = /^-?\d{1,3}(\.\d{1,9})?(,-?\d{1,3}(\.\d{1,9})?){3}$/;

/** Four numbers in degrees; undefined for anything else. */
function boundsFrom(text: unknown): Bounds | undefined {
  if (typeof text !== 'string' || !BOX.test(text)) return undefined;
  const [west = 0, south = 0, east = 0, north = 0] = text.split(',').map(Number);
  const fits = west >= -180 && west < east && east <= 180 && south >= -90 && south < north && north <= 90;
  return fits ? { west, south, east, north } : undefined;
}

@ValidatorConstraint({ name: 'bbox' })
class ABox implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'object' && value !== null;
  }

  defaultMessage(): string {
    return 'Give west,south,east,north in degrees, such as 12.3,37.5,15.7,38.4';
  }
}

const A_ZOOM = 'Give a whole number from 0 to 19';

/** A view of the map, of the assets the register's filters find. */
class MapDto extends OmitType(FilterDto, ['knownAt'] as const) {
  @ApiProperty({ type: String, description: 'West, south, east, north in degrees (WGS 84).', example: '6,36,19,48' })
  @Transform(({ value }) => boundsFrom(value))
  @Validate(ABox)
  readonly bbox!: Bounds;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 19,
    example: 5,
    description: 'As of web maps: 0 shows the world.',
  })
  @Type(() => Number)
  @IsInt({ message: A_ZOOM })
  @Min(0, { message: A_ZOOM })
  @Max(19, { message: A_ZOOM })
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
    refuseOnMapOfADay(query);
    const also = alsoOf(query, () => passedDeadline(this.reading));
    if (await this.reading.unchanged(request, reply, query.after, also)) return;
    const position = await positionOf(this.reading.database);
    const asked = mapQueryOf(query, this.reading.now());
    const features = await mapFeatures(this.reading, this.counts, query.bbox, query.zoom, asked, position);
    await reply
      .headers({ etag: this.reading.tag(features.position, await also?.()) })
      .type('application/geo+json; charset=utf-8')
      .send(JSON.stringify(features));
  }
}
