import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventStoreError } from '#event-store';
import type { EventStoreErrorCode } from '#event-store';
import { PROBLEM_TYPE, RequestFailed, failed, requestProblem } from './problem';
import type { Problem, RequestProblemCode } from './problem';

/** Which problem each failure of the store is for the one who asked. */
const storeProblems: Record<EventStoreErrorCode, RequestProblemCode> = {
  'wrong-expected-revision': 'unavailable',
  'corrupted-retry': 'internal-error',
  'event-refused': 'too-large',
  'store-full': 'storage-full',
  'store-unavailable': 'unavailable',
  'store-locked': 'unavailable',
  'foreign-log': 'internal-error',
  'corrupt-log': 'internal-error',
  misconfigured: 'internal-error',
};

const byStatus: Record<number, RequestProblemCode> = {
  400: 'malformed-request',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'wrong-content-type',
  429: 'too-many-requests',
};

/** Errors a reader cannot mend and must not read; the log has them. */
const HIDDEN =
  'The request failed and nothing was recorded by it that was not acknowledged. It was noted; try again, or tell us its time.';

/** The one place where failures become answers: problem documents (RFC 9457), or pages for browsers; never a stack trace. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  /** `page` writes a problem as HTML for those who read pages; undefined for all others. */
  constructor(
    private readonly page: (problem: Problem, request: FastifyRequest) => string | undefined = () => undefined,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const { problem, headers } = this.answerTo(error);
    const html = this.page(problem, request);
    // A tag set before the failure would let caches take the problem for the answer.
    void reply
      .removeHeader('etag')
      .status(problem.status)
      .headers({ ...headers, 'cache-control': 'no-store' })
      .type(html === undefined ? PROBLEM_TYPE : 'text/html; charset=utf-8')
      .send(html ?? JSON.stringify({ ...problem, instance: request.url }));
  }

  private answerTo(error: unknown): { problem: Problem; headers: Readonly<Record<string, string>> } {
    if (error instanceof RequestFailed) return error;
    if (error instanceof EventStoreError) {
      const code = storeProblems[error.code];
      if (code === 'internal-error') this.logger.error(error);
      const detail =
        code === 'internal-error'
          ? HIDDEN
          : `${error.message} The same request with the same Idempotency-Key may be sent again.`;
      return { problem: requestProblem(code, detail), headers: code === 'unavailable' ? { 'retry-after': '2' } : {} };
    }
    const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
    const code = byStatus[status];
    if (code !== undefined && error instanceof Error) return failed(code, sentence(error.message));
    this.logger.error(error);
    return failed('internal-error', HIDDEN);
  }
}

/** Fastify's own errors carry a status. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}

const sentence = (message: string): string => (message.endsWith('.') ? message : `${message}.`);
