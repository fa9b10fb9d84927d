import type { ArgumentMetadata, PipeTransform, ValidationPipe } from '@nestjs/common';
import { validation } from '#http';

/**
 * Checks the parameters a page knows and passes over all others: an address that was sent around with a mail program's additions still leads to
 * its page. Programs get no such leave.
 */
export class KnownParameters implements PipeTransform {
  private readonly check: ValidationPipe = validation('query');

  constructor(private readonly names: readonly string[]) {}

  transform(query: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const known = Object.entries(query ?? {}).filter(([name]) => this.names.includes(name));
    return this.check.transform(Object.fromEntries(known), metadata) as Promise<unknown>;
  }
}
