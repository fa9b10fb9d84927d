import { IsObject, IsOptional } from 'class-validator';
import type { JsonObject, LegalDate } from '#domain';
import { IsLegalDate } from '#http';

/**
 * The shape around every entry. What `data` must look like is said by the event's own definition, the one source of validator, catalogue and
 * public gate (docs/decisions/003-schemas.md).
 */
export class EntryDto {
  /** When it happened. */
  @IsOptional()
  @IsLegalDate()
  readonly occurredOn?: LegalDate;

  @IsObject({ message: 'Give the fields of the entry as an object' })
  readonly data!: JsonObject;
}
