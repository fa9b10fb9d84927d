import { IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min, Validate, ValidatorConstraint } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import { Type } from 'class-transformer';
import { isLegalDate } from '#domain';
import { filterCodes } from '#read-models';
import type { RegisterQuery } from '#read-models';
import type { RegisterAddress } from '#web';

@ValidatorConstraint({ name: 'day' })
class ADay implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isLegalDate(value);
  }

  defaultMessage(): string {
    return 'Give a date that exists, as YYYY-MM-DD';
  }
}

const oneOf = (codes: readonly string[]) => ({ message: `Use one of: ${codes.join(', ')}` });
const CODE = /^[0-9A-Za-z-]{1,12}$/;

/** The moment a question is about, and the log position the answer must have reached. */
export class MomentDto {
  /** The state on this day. */
  @IsOptional()
  @Validate(ADay)
  readonly asOf?: string;

  /** As it was known at the end of this day. */
  @IsOptional()
  @Validate(ADay)
  readonly knownAt?: string;

  /** Wait (5 seconds at most) until the answer holds the event at this log position. */
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'Give a log position, a whole number' })
  @Min(0)
  readonly after?: number;
}

/** Everything that chooses what the register shows. The names are the same in pages and API. */
export class RegisterDto extends MomentDto {
  /** Words to search for. */
  @IsOptional()
  @MaxLength(200)
  readonly q?: string;

  @IsOptional()
  @IsIn(filterCodes.kind, oneOf(filterCodes.kind))
  readonly kind?: string;

  @IsOptional()
  @IsIn(filterCodes.category, oneOf(filterCodes.category))
  readonly category?: string;

  @IsOptional()
  @IsIn(filterCodes.phase, oneOf(filterCodes.phase))
  readonly phase?: string;

  /** Official codes, with their leading zeros. */
  @IsOptional()
  @Matches(CODE, { message: 'Give the official code of a region' })
  readonly region?: string;

  @IsOptional()
  @Matches(CODE, { message: 'Give the official code of a province' })
  readonly province?: string;

  @IsOptional()
  @Matches(CODE, { message: 'Give the official code of a municipality' })
  readonly municipality?: string;

  /** From the link to a further page. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,60}$/, { message: 'Take the cursor from the link of a page' })
  readonly cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'Give a whole number' })
  @Min(1)
  @Max(200)
  readonly limit?: number;
}

/** A cursor says behind which id to go on; its form is nobody's business. */
export const cursorBehind = (id: string): string => Buffer.from(id).toString('base64url');

const PAGE = 50;

export function queryOf(dto: RegisterDto): RegisterQuery {
  const { kind, category, phase, region, province, municipality, asOf, knownAt, q, cursor, limit } = dto;
  const given = {
    kind,
    category,
    phase,
    region_code: region,
    province_code: province,
    municipality_code: municipality,
    asOf,
    knownAt,
    text: q,
    after: cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString(),
  };
  const set = Object.entries(given).filter(([, value]) => value !== undefined && value !== '');
  return { ...(Object.fromEntries(set) as Partial<RegisterQuery>), limit: limit ?? PAGE };
}

/** The address of the page that shows this. */
export function addressFrom({ after: _after, limit: _limit, ...dto }: RegisterDto): RegisterAddress {
  const set = Object.entries(dto).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(set);
}
