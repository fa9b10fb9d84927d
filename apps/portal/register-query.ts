import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min, Validate, ValidatorConstraint } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import { isIdOf } from '#domain';
import type { LegalDate } from '#domain';
import { IsLegalDate, failed } from '#http';
import { filterCodes, idleSinceFor } from '#read-models';
import type { AssetFilters, MapQuery, Now, RegisterQuery } from '#read-models';
import { languages } from '#web';
import type { Language, MomentInAddress, RegisterAddress } from '#web';
import { cursorFrom } from './cursor';

@ValidatorConstraint({ name: 'cursor' })
class ACursor implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && cursorFrom(value) !== undefined;
  }

  defaultMessage(): string {
    return 'Take the cursor from the link of a page, or leave it out for the first page';
  }
}

/** One of a closed list; the refusal says which. */
export const IsCode = (codes: readonly string[]): PropertyDecorator =>
  IsIn(codes, { message: `Use one of: ${codes.join(', ')}` });

export const IsArea = (what: string): PropertyDecorator =>
  Matches(/^[0-9A-Za-z-]{1,12}$/, { message: `Give the official code of a ${what}, with its leading zeros` });

const A_PAGE = 'Give a whole number from 1 to 200';

/** How many items a page holds. */
export const IsPageSize = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50, description: 'How many at once.' }),
    IsOptional(),
    Type(() => Number),
    IsInt({ message: A_PAGE }),
    Min(1, { message: A_PAGE }),
    Max(200, { message: A_PAGE }),
  );

const A_POSITION = 'Give a log position, a whole number';

/** The log position an answer must have reached. */
export class FreshnessDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Wait, 5 seconds at most, for the event at this log position.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: A_POSITION })
  @Min(0, { message: A_POSITION })
  readonly after?: number;
}

/** In the words of which pages a workbook is. */
export class LanguageDto {
  @ApiPropertyOptional({
    enum: languages,
    description:
      'Call the sheet, its columns and its codes as the pages in this language do. Left out: names of columns and codes as in the CSV, which stay as they are.',
  })
  @IsOptional()
  @IsCode(languages)
  readonly lang?: Language;
}

/** The day something is told for. */
export class OnADayDto extends FreshnessDto {
  @ApiPropertyOptional({ format: 'date', description: 'As it stood on this day, as is known of it today.' })
  @IsOptional()
  @IsLegalDate()
  readonly asOf?: LegalDate;
}

/** The moment a question is about. */
export class MomentDto extends FreshnessDto {
  @ApiPropertyOptional({ format: 'date', description: 'The state on this day.' })
  @IsOptional()
  @IsLegalDate()
  readonly asOf?: LegalDate;

  @ApiPropertyOptional({ format: 'date', description: 'As it was known at the end of this day (UTC).' })
  @IsOptional()
  @IsLegalDate()
  readonly knownAt?: LegalDate;
}

/** Everything that chooses what the register shows. The names are the same in pages and API. */
export class FilterDto extends MomentDto {
  @ApiPropertyOptional({ maxLength: 200, description: 'Words; each begins a word of id, codes, title or place.' })
  @IsOptional()
  @MaxLength(200, { message: 'Give at most 200 characters' })
  readonly q?: string;

  @ApiPropertyOptional({ enum: filterCodes.kind })
  @IsOptional()
  @IsCode(filterCodes.kind)
  readonly kind?: string;

  @ApiPropertyOptional({ enum: filterCodes.category })
  @IsOptional()
  @IsCode(filterCodes.category)
  readonly category?: string;

  @ApiPropertyOptional({ enum: filterCodes.phase })
  @IsOptional()
  @IsCode(filterCodes.phase)
  readonly phase?: string;

  @ApiPropertyOptional({ description: 'Official code of the region; `not-stated`: assets of which none is known.' })
  @IsOptional()
  @IsArea('region')
  readonly region?: string;

  @ApiPropertyOptional({ description: 'Official code of the province; `not-stated`: assets of which none is known.' })
  @IsOptional()
  @IsArea('province')
  readonly province?: string;

  @ApiPropertyOptional({
    description: 'Official code of the municipality; `not-stated`: assets of which none is known.',
  })
  @IsOptional()
  @IsArea('municipality')
  readonly municipality?: string;

  @ApiPropertyOptional({ enum: filterCodes.purpose, description: 'What the asset was destined to.' })
  @IsOptional()
  @IsCode(filterCodes.purpose)
  readonly purpose?: string;

  @ApiPropertyOptional({ enum: filterCodes.use, description: 'Whether it is used, as was recorded last.' })
  @IsOptional()
  @IsCode(filterCodes.use)
  readonly use?: string;

  @ApiPropertyOptional({
    enum: filterCodes.idle,
    description:
      'Confiscated for good and for at least so many whole years in one phase without being assigned or used, counted on the day of the question or of `asOf`.',
  })
  @IsOptional()
  @IsCode(filterCodes.idle)
  readonly idle?: string;

  @ApiPropertyOptional({
    enum: filterCodes.call,
    description:
      'For which a call is open for applications now, or at the end of the day of `asOf`. Not with `knownAt`.',
  })
  @IsOptional()
  @IsCode(filterCodes.call)
  readonly call?: string;

  @ApiPropertyOptional({
    enum: filterCodes.managedBy,
    description: 'Who answers for it: an organisation, the body that received it, or the office appointed.',
  })
  @IsOptional()
  @IsCode(filterCodes.managedBy)
  readonly managedBy?: string;

  @ApiPropertyOptional({
    maxLength: 300,
    description: 'Who answers for it, by name as recorded; of an organisation also by its registry id.',
  })
  @IsOptional()
  @Matches(/^\P{Cc}{0,300}$/u, { message: 'Give a name of at most 300 characters on one line, or a registry id' })
  readonly manager?: string;
}

/** The names of all that chooses assets, the moment aside. */
export const assetFilters = [
  'q', 'kind', 'category', 'phase', 'region', 'province', 'municipality', 'purpose', 'use', 'idle', 'call', 'managedBy', 'manager',
] as const satisfies readonly (keyof FilterDto)[]; // prettier-ignore

/** A page of the register. */
export class RegisterDto extends FilterDto {
  @ApiPropertyOptional({ description: 'Where a further page begins; from the link of a page.' })
  @IsOptional()
  @Validate(ACursor)
  readonly cursor?: string;

  @IsPageSize()
  readonly limit?: number;
}

/** The question in the words of the read model; `at` tells which day and instant `asOf` stands for. Throws RequestFailed. */
export function queryOf(dto: RegisterDto, limit: number, at: (day?: LegalDate) => Now): RegisterQuery {
  const { asOf, knownAt, q, cursor } = dto;
  return {
    ...filtersOf(dto, at(asOf)),
    ...given({ asOf, knownAt, text: q }),
    ...(cursor !== undefined && cursorFrom(cursor)),
    limit,
  };
}

/** The same for the map, which shows all of them, without what is known since. Words are for the map of today alone. */
export const mapQueryOf = (dto: Omit<FilterDto, 'knownAt'>, at: (day?: LegalDate) => Now): MapQuery => ({
  ...filtersOf(dto, at(dto.asOf)),
  ...given({ asOf: dto.asOf, text: dto.asOf === undefined ? dto.q : undefined }),
});

function filtersOf(
  dto: Omit<FilterDto, 'asOf' | 'knownAt'> & Pick<Partial<FilterDto>, 'knownAt'>,
  now: Now,
): AssetFilters {
  const { kind, category, phase, region, province, municipality, purpose, use, idle, call, managedBy, manager } = dto;
  if (call !== undefined && dto.knownAt !== undefined) {
    throw failed('malformed-request', 'Which calls were open is kept by the day, not by what was known on another.', {
      errors: [{ pointer: '/call', detail: 'Leave "call" out, or leave out "knownAt".' }],
    });
  }
  return given({
    ...{ kind, category, phase, region_code: region, province_code: province, municipality_code: municipality },
    ...{ purpose, use_standing: use, manager_kind: managedBy },
    ...(manager !== undefined && (isIdOf('organisation', manager) ? { organisation: manager } : { manager })),
    idleUpTo: idle === undefined ? undefined : idleSinceFor(idle, now.today),
    inCallAt: call === undefined ? undefined : now,
  });
}

/** What an answer about open calls changes with besides the log: a deadline that passes. */
export const alsoOf = (
  dto: Pick<FilterDto, 'call'>,
  deadline: () => Promise<string>,
): (() => Promise<string>) | undefined => (dto.call === undefined ? undefined : deadline);

/** The parts of a question that belong into the address of a page. */
export function addressFrom({ after: _after, limit: _limit, ...address }: RegisterDto): RegisterAddress {
  return given(address);
}

/** The values that are there. */
export function given<Values extends object>(values: Values): { [Name in keyof Values]?: NonNullable<Values[Name]> } {
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as { [Name in keyof Values]?: NonNullable<Values[Name]> };
}

/** True for a question about another moment than now. */
export const isPast = ({ asOf, knownAt }: MomentInAddress): boolean => asOf !== undefined || knownAt !== undefined;

/** Words are searched in the register of today alone. Throws RequestFailed. */
export function refuseWordsInPast(dto: FilterDto): void {
  if (dto.q === undefined || !isPast(dto)) return;
  throw failed('malformed-request', 'Words are searched in the register of today only.', {
    errors: [{ pointer: '/q', detail: 'Leave "q" out, or leave out "asOf" and "knownAt".' }],
  });
}
