import { IsObject, IsOptional, Validate, ValidatorConstraint } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import type { JsonObject, LegalDate } from '#domain';
import { isLegalDate } from '#domain';

@ValidatorConstraint({ name: 'legalDate' })
class ALegalDate implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isLegalDate(value);
  }

  defaultMessage(): string {
    return 'Give a date that exists, as YYYY-MM-DD';
  }
}

/**
 * The shape around every entry. What `data` must look like is said by the event's own definition, the one source of validator, catalogue and
 * public gate (docs/decisions/003-schemas.md).
 */
export class EntryDto {
  /** When it happened. */
  @IsOptional()
  @Validate(ALegalDate)
  readonly occurredOn?: LegalDate;

  @IsObject({ message: 'Give the fields of the entry as an object' })
  readonly data!: JsonObject;
}
