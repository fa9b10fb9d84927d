import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, MaxLength } from 'class-validator';
import { FreshnessDto } from '../register-query';

/** What is looked for. */
export class SearchDto extends FreshnessDto {
  @ApiPropertyOptional({
    maxLength: 200,
    description:
      'Words, eight at most; each begins a word of what is found. Or an id of this registry, a code of another, or the id of an entry.',
  })
  @IsOptional()
  @MaxLength(200, { message: 'Give at most 200 characters' })
  readonly q?: string;
}
