import { Controller, Get, Header, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ReturnCounting } from './return-counting';
import type { CountUnderWay } from './return-counting';

/** What is answered, as JSON Schema. */
const answer = {
  type: 'object',
  required: ['underWay'],
  properties: {
    underWay: {
      anyOf: [
        {
          type: 'object',
          required: ['years', 'counted', 'until', 'since'],
          properties: {
            years: { type: 'array', items: { type: 'string' } },
            counted: { type: 'integer', description: 'Position up to which the log was gone through.' },
            until: { type: 'integer', description: 'Position at which the count ends.' },
            since: { type: 'string', format: 'date-time' },
          },
        },
        { type: 'null' },
      ],
    },
  },
};

@Module({})
class ReturnCount {}

/** How far the count of the annual returns is that were asked for. That one is asked for is public; whether figures are there is told by the return itself. */
@ApiTags('commands')
@Controller('api/v1/annual-return-count')
export class ReturnCountController {
  constructor(private readonly counting: ReturnCounting) {}

  /** The module that serves it. */
  static over(counting: ReturnCounting): DynamicModule {
    return {
      module: ReturnCount,
      controllers: [ReturnCountController],
      providers: [{ provide: ReturnCounting, useValue: counting }],
    };
  }

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'readAnnualReturnCount', summary: 'How far the count of annual returns is' })
  @ApiResponse({
    status: 200,
    description:
      'The count that goes on now: its years, the position counted, the one at which it ends, since when. Null while nothing is counted',
    content: { 'application/json': { schema: answer } },
  })
  read(): { readonly underWay: CountUnderWay | null } {
    return { underWay: this.counting.underWay ?? null };
  }
}
