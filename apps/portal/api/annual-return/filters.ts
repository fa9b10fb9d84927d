import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import { assetKinds } from '#domain';
import { FreshnessDto, IsArea, IsCode, LanguageDto } from '../../register-query';
import { PageDto } from '../reports/filters';

/** What chooses the figures of the table: one year, or all. */
export class ReturnYearDto extends FreshnessDto {
  @ApiPropertyOptional({ description: 'One year alone.' })
  @IsOptional()
  @Matches(/^\d{4}$/, { message: 'Give a year of four digits' })
  readonly year?: string;
}

/** The same for a workbook, which has a language. */
export class YearForWorkbookDto extends IntersectionType(ReturnYearDto, LanguageDto) {}

class ReturnEntriesFilterDto extends FreshnessDto {
  @ApiPropertyOptional({ maxLength: 60, description: 'One part of the item alone, by its code.' })
  @IsOptional()
  @MaxLength(60, { message: 'Give the code of a part of the item' })
  readonly part?: string;

  @ApiPropertyOptional({ description: 'Official code of the region.' })
  @IsOptional()
  @IsArea('region')
  readonly region?: string;

  @ApiPropertyOptional({ enum: assetKinds, description: 'What sort of asset it is.' })
  @IsOptional()
  @IsCode(assetKinds)
  readonly kind?: string;
}

/** Which of the entries behind an item are shown. */
export class ReturnEntriesDto extends IntersectionType(ReturnEntriesFilterDto, PageDto) {}

/** What chooses the entries, by its names in addresses. */
export const returnEntryFilters = ['part', 'region', 'kind'] as const;
