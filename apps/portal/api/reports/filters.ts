import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import {
  NOT_STATED,
  assetKinds,
  flagRules,
  fundSources,
  needStatuses,
  pledgeStatuses,
  activityKinds,
  purposes,
  supportKinds,
  useStandings,
  visitFindings,
  waitOutcomes,
} from '#domain';
import type { LegalDate } from '#domain';
import { IsLegalDate } from '#http';
import { supportStages } from '#read-models';
import { FreshnessDto, IsArea, IsCode, IsPageSize } from '../../register-query';

/** What chooses the rows of the chapters' lists; the names are the same in pages and API. */

export const supportStatuses = [...new Set([...needStatuses, ...pledgeStatuses])];
export const supportTypes = ['need', 'pledge'] as const;
export const useTypes = ['report', 'visit', 'non-use'] as const;
export const holders = ['third-party', 'body'] as const;

const sources = [...fundSources, NOT_STATED];

const A_NAME = { message: 'Give at most 200 characters' };

class AreaDto extends FreshnessDto {
  @ApiPropertyOptional({ description: 'Official code of the region; `not-stated`: where none is known.' })
  @IsOptional()
  @IsArea('region')
  readonly region?: string;

  @ApiPropertyOptional({ description: 'Official code of the province; `not-stated`: where none is known.' })
  @IsOptional()
  @IsArea('province')
  readonly province?: string;

  @ApiPropertyOptional({ description: 'Official code of the municipality; `not-stated`: where none is known.' })
  @IsOptional()
  @IsArea('municipality')
  readonly municipality?: string;
}

class YearDto extends AreaDto {
  @ApiPropertyOptional({
    description:
      'The year in which it happened; of a report, in which its period ends. `not-stated`: no year is known.',
  })
  @IsOptional()
  @Matches(/^(\d{4}|not-stated)$/, { message: 'Give a year of four digits, or not-stated' })
  readonly year?: string;
}

/** The day a list is about, as is known of it today. */
const AsOf =
  (what: string): PropertyDecorator =>
  (target, name) => {
    const description = `${what} on this day, as is known of it today; sums are of them.`;
    ApiPropertyOptional({ format: 'date', description })(target, name);
    IsOptional()(target, name);
    IsLegalDate()(target, name);
  };

export class MoneyFilterDto extends YearDto {
  @AsOf('Movements that stood')
  readonly asOf?: LegalDate;

  @ApiPropertyOptional({ enum: sources, description: 'Whose money it is.' })
  @IsOptional()
  @IsCode(sources)
  readonly source?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Name of the programme, whole.' })
  @IsOptional()
  @MaxLength(200, A_NAME)
  readonly programme?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Name of the supplier, whole.' })
  @IsOptional()
  @MaxLength(200, A_NAME)
  readonly supplier?: string;

  @ApiPropertyOptional({ description: 'ISO 4217 code.' })
  @IsOptional()
  @Matches(/^[A-Z]{3}$/, { message: 'Give a currency as three capital letters (ISO 4217)' })
  readonly currency?: string;
}

export class SupportFilterDto extends YearDto {
  @AsOf('Needs and pledges as they stood')
  readonly asOf?: LegalDate;

  @ApiPropertyOptional({ enum: supportTypes, description: 'Needs or pledges.' })
  @IsOptional()
  @IsCode(supportTypes)
  readonly type?: string;

  @ApiPropertyOptional({ enum: supportKinds, description: 'What sort of support.' })
  @IsOptional()
  @IsCode(supportKinds)
  readonly form?: string;

  @ApiPropertyOptional({ enum: supportStatuses, description: 'What came of it.' })
  @IsOptional()
  @IsCode(supportStatuses)
  readonly status?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Name of the supporter, whole.' })
  @IsOptional()
  @MaxLength(200, A_NAME)
  readonly supporter?: string;

  @ApiPropertyOptional({
    enum: supportStages,
    description:
      'Rows alone, no sums: offers that were looked into, of these those that passed, those accepted whether given since or not, and of these those that run on the day.',
  })
  @IsOptional()
  @IsCode(supportStages)
  readonly stage?: string;
}

export class UseFilterDto extends YearDto {
  @AsOf('Records that stood')
  readonly asOf?: LegalDate;

  @ApiPropertyOptional({ enum: useTypes, description: 'Activity reports, monitoring visits or findings of non-use.' })
  @IsOptional()
  @IsCode(useTypes)
  readonly type?: string;

  @ApiPropertyOptional({ enum: visitFindings, description: 'Rows alone, no sums: visits that found this.' })
  @IsOptional()
  @IsCode(visitFindings)
  readonly found?: string;

  @ApiPropertyOptional({ enum: activityKinds, description: 'Rows alone, no sums: reports with this sort of activity.' })
  @IsOptional()
  @IsCode(activityKinds)
  readonly activity?: string;
}

export class AssignedFilterDto extends AreaDto {
  @AsOf('Assets that were assigned')
  readonly asOf?: LegalDate;

  @ApiPropertyOptional({ enum: assetKinds })
  @IsOptional()
  @IsCode(assetKinds)
  readonly kind?: string;

  @ApiPropertyOptional({ enum: purposes, description: 'What it is destined to.' })
  @IsOptional()
  @IsCode(purposes)
  readonly purpose?: string;

  @ApiPropertyOptional({ enum: holders, description: 'Given to a third party, or used by the body that received it.' })
  @IsOptional()
  @IsCode(holders)
  readonly held?: string;

  @ApiPropertyOptional({ enum: useStandings, description: 'Whether it is used.' })
  @IsOptional()
  @IsCode(useStandings)
  readonly use?: string;
}

const Outcome =
  (of: string): PropertyDecorator =>
  (target, name) => {
    ApiPropertyOptional({ enum: waitOutcomes, description: `Rows alone: how the wait for ${of} stands.` })(
      target,
      name,
    );
    IsOptional()(target, name);
    IsCode(waitOutcomes)(target, name);
  };

export class WaitingFilterDto extends FreshnessDto {
  @ApiPropertyOptional({ description: 'Official code of the region; `not-stated`: where none is known.' })
  @IsOptional()
  @IsArea('region')
  readonly region?: string;

  @ApiPropertyOptional({ enum: assetKinds })
  @IsOptional()
  @IsCode(assetKinds)
  readonly kind?: string;

  @Outcome('a destination')
  readonly destined?: string;

  @Outcome('the assignment')
  readonly assigned?: string;

  @Outcome('the beginning of the use')
  readonly 'in-use'?: string;
}

export class FlagsFilterDto extends FreshnessDto {
  @ApiPropertyOptional({ description: 'Official code of the region; `not-stated`: where none is known.' })
  @IsOptional()
  @IsArea('region')
  readonly region?: string;

  @ApiPropertyOptional({ enum: flagRules, description: 'Which question.' })
  @IsOptional()
  @IsCode(flagRules)
  readonly rule?: string;
}

const CURSOR = /^(after|before)~([0-9A-Za-z~-]{1,80})$/;

export class PageDto {
  @ApiPropertyOptional({ description: 'Where a further page begins; from the link of a page.' })
  @IsOptional()
  @Matches(CURSOR, { message: 'Take the cursor from the link of a page, or leave it out for the first page' })
  readonly cursor?: string;

  @IsPageSize()
  readonly limit?: number;
}

export class MoneyPageDto extends IntersectionType(MoneyFilterDto, PageDto) {}
export class SupportPageDto extends IntersectionType(SupportFilterDto, PageDto) {}
export class UsePageDto extends IntersectionType(UseFilterDto, PageDto) {}
export class AssignedPageDto extends IntersectionType(AssignedFilterDto, PageDto) {}
export class FlagsPageDto extends IntersectionType(FlagsFilterDto, PageDto) {}
export class WaitingPageDto extends IntersectionType(WaitingFilterDto, PageDto) {}

/** What sums may be divided by, with the columns that then name each sum. */
export const divisions = {
  region: ['region_code', 'region'],
  province: ['province_code', 'province'],
  municipality: ['municipality_code', 'municipality'],
  year: ['year'],
  source: ['source'],
  programme: ['programme'],
  supplier: ['supplier'],
  form: ['form'],
  status: ['status'],
  supporter: ['supporter'],
  kind: ['kind'],
  purpose: ['purpose'],
} as const;
export type Division = keyof typeof divisions;

const areas = ['region', 'province', 'municipality'] as const;
export const moneyDivisions = [...areas, 'year', 'source', 'programme', 'supplier'] as const;
export const supportDivisions = [...areas, 'year', 'form', 'status', 'supporter'] as const;
export const useDivisions = [...areas, 'year'] as const;
export const assignedDivisions = [...areas, 'kind', 'purpose'] as const;
export const waitingDivisions = ['region', 'kind'] as const;

const By =
  (all: readonly Division[]): PropertyDecorator =>
  (target, name) => {
    ApiPropertyOptional({ enum: all, description: 'One line for each of these; left out: all together.' })(
      target,
      name,
    );
    IsOptional()(target, name);
    IsCode(all)(target, name);
  };

export class MoneyTotalsDto extends MoneyFilterDto {
  @By(moneyDivisions)
  readonly by?: (typeof moneyDivisions)[number];
}

export class SupportTotalsDto extends SupportFilterDto {
  @By(supportDivisions)
  readonly by?: (typeof supportDivisions)[number];
}

export class UseTotalsDto extends UseFilterDto {
  @By(useDivisions)
  readonly by?: (typeof useDivisions)[number];
}

export class AssignedTotalsDto extends AssignedFilterDto {
  @By(assignedDivisions)
  readonly by?: (typeof assignedDivisions)[number];
}

export class FlagsTotalsDto extends FlagsFilterDto {
  @By(['region'])
  readonly by?: 'region';
}

export class WaitingTotalsDto extends WaitingFilterDto {
  @By(waitingDivisions)
  readonly by?: (typeof waitingDivisions)[number];
}

/** Where a page of a list begins or ends; nothing for the first page. */
export function boundsOf(cursor: string | undefined): { readonly after?: string; readonly before?: string } {
  const [, side, place] = CURSOR.exec(cursor ?? '') ?? [];
  if (place === undefined) return {};
  return side === 'after' ? { after: place } : { before: place };
}
