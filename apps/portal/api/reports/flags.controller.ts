import { Controller } from '@nestjs/common';
import { chapterOperations } from '../operation';
import { Queries } from '../description';
import { ReportRoutes } from './answering';
import { FlagsFilterDto, FlagsPageDto, FlagsTotalsDto } from './filters';
import { flagsReport } from './reports';

const flags = chapterOperations(
  'flags',
  {
    list: 'Red flags, the latest first: patterns that deserve a question',
    row: 'flag a row',
    items: 'Red flags',
    totals: 'How many red flags each rule finds today',
  },
  { page: 'RedFlagsPage', item: 'RedFlag', total: 'RedFlagTotal' },
  flagsReport,
);

/** Red flags for programs. A flag is a question, not an accusation. */
@Queries()
@Controller('api/v1')
export class FlagsController extends ReportRoutes(
  flags,
  { page: FlagsPageDto, whole: FlagsFilterDto, totals: FlagsTotalsDto },
  flagsReport,
) {}
