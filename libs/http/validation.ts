import { ValidationPipe } from '@nestjs/common';
import type { ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { failed } from './problem';
import type { Fault } from './problem';

/** Checks requests against their classes: unknown properties are refused, and every fault is named. */
export function validation(where: 'body' | 'query'): ValidationPipe {
  return new (where === 'query' ? QueryPipe : ValidationPipe)({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    exceptionFactory: (errors) =>
      failed('malformed-request', `Correct the ${where === 'body' ? 'fields' : 'parameters'} listed under "errors".`, {
        errors: errors.flatMap((error) => faults(error, '')),
      }),
  });
}

const UNKNOWN = 'This name is not known here. Remove it, or check its spelling.';

function faults({ property, constraints, children }: ValidationError, path: string): Fault[] {
  const pointer = `${path}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(constraints ?? {}).map(([constraint, detail]) => ({
    pointer,
    detail: constraint === 'whitelistValidation' ? UNKNOWN : `${detail}.`,
  }));
  return [...own, ...(children ?? []).flatMap((child) => faults(child, pointer))];
}

/** A form sends an empty field for what was not chosen; it means nothing. */
class QueryPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const given =
      typeof value === 'object' && value !== null ? Object.entries(value).filter(([, each]) => each !== '') : [];
    return super.transform(Object.fromEntries(given), metadata) as Promise<unknown>;
  }
}
