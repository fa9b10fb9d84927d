import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsInt, Max, Min, Validate, ValidateIf, ValidatorConstraint } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import type { Bounds } from '#read-models';
import { onGrid } from '#web';
import type { Seen } from '#web';
import { RegisterDto } from './register-query';

const BOX = /^-?\d{1,3}(\.\d{1,9})?(,-?\d{1,3}(\.\d{1,9})?){3}$/;

/** Four numbers in degrees; what is anything else stays what it is, and is refused. */
function boundsFrom(text: unknown): unknown {
  if (typeof text !== 'string' || !BOX.test(text)) return text;
  const [west = 0, south = 0, east = 0, north = 0] = text.split(',').map(Number);
  const fits = west >= -180 && west < east && east <= 180 && south >= -90 && south < north && north <= 90;
  return fits ? { west, south, east, north } : text;
}

@ValidatorConstraint({ name: 'bbox' })
class ABox implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    // Said twice it comes as a list, which is an object as well.
    return typeof value === 'object' && value !== null && 'west' in value;
  }

  defaultMessage(): string {
    return 'Give west,south,east,north in degrees, such as 12.3,37.5,15.7,38.4';
  }
}

const A_ZOOM = 'Give a whole number from 0 to 19';

const aBox = [Transform(({ value }) => boundsFrom(value)), Validate(ABox)];
const aZoom = [
  Type(() => Number),
  IsInt({ message: A_ZOOM }),
  Min(0, { message: A_ZOOM }),
  Max(19, { message: A_ZOOM }),
];

const box = { type: String, description: 'West, south, east, north in degrees (WGS 84).', example: '6,36,19,48' };
const zoom = { type: 'integer', minimum: 0, maximum: 19, example: 5, description: 'As of web maps: 0 shows the world.' } as const; // prettier-ignore

/** The part of the map that is asked about. */
export const IsBox = (): PropertyDecorator => applyDecorators(ApiProperty(box), ...aBox);
/** How close it is looked at. */
export const IsZoom = (): PropertyDecorator => applyDecorators(ApiProperty(zoom), ...aZoom);

/** Of a view both are given, or neither: the zoom says by what its assets are shown. */
const inAView = (dto: Partial<SeenDto>): boolean => dto.bbox !== undefined || dto.zoom !== undefined;

/** A page of the register's list, of all assets or of those a view of the map shows. */
export class SeenDto extends RegisterDto {
  @ApiPropertyOptional(box)
  @ValidateIf(inAView)
  @applyDecorators(...aBox)
  readonly bbox?: Bounds;

  @ApiPropertyOptional(zoom)
  @ValidateIf(inAView)
  @applyDecorators(...aZoom)
  readonly zoom?: number;
}

/** The view that is asked about, on the grid of its zoom; undefined where all is. */
export const seenIn = ({ bbox: bounds, zoom: close }: SeenDto): Seen | undefined =>
  bounds && close !== undefined ? onGrid({ bounds, zoom: close }) : undefined;
