import { Validate, ValidatorConstraint } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
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

/** A calendar date that exists. */
export const IsLegalDate = (): PropertyDecorator => Validate(ALegalDate);
