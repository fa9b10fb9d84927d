import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failsWith, validation } from '#http';
import { allDialogues, answersByAuthority, dialogueList, dialoguePage } from '#read-models';
import type { DialogueItem } from '#read-models';
import { Open, savedAs, wantsCsv } from '../api/answer';
import { Answers, Queries } from '../api/description';
import { csvOf, CSV } from '../api/tables';
import type { List } from '../api/list';
import { civicOperations } from '../api/operation';
import type { Reading } from '../reading';
import { orBuilding } from '../reading';
import { civicList, found } from './listing';
import { PlacedListRoutes } from './placed-list';
import { DialoguesDto, dialoguesQuery } from './questions';
import { OnADayDto } from '../register-query';
import { dialogueColumns, dialogueResource, dialogueRow, dialogueSummaryOf } from './resources';
export const answeringColumns = [
  'authority',
  'threads',
  'answered',
  'late',
  'awaited',
  'overdue',
  'median_days',
] as const;
const dialogues = civicOperations(
  'dialogues',
  'Questions, complaints and observations of the public, and how they were answered',
  { page: 'DialoguesPage', item: 'DialogueSummary' },
  dialogueColumns,
);

function dialoguesAsked(reading: Reading, query: DialoguesDto): List<DialogueItem> {
  const { database } = reading;
  const now = reading.at(query.asOf);
  const asked = dialoguesQuery(query);
  return civicList(query, {
    name: 'dialogues',
    columns: dialogueColumns,
    slice: (run) => dialogueList(database, asked, now, run),
    all: () => allDialogues(database, asked, now),
    resource: dialogueSummaryOf,
    row: dialogueRow,
  });
}

/** Questions, complaints and observations of the public, and how they were answered, for programs. */
@Queries()
@Controller('api/v1')
export class DialoguesController extends PlacedListRoutes(
  'dialogues',
  dialogues,
  DialoguesDto,
  dialoguesAsked,
  (_, items) => Promise.resolve(items.map(({ asset }) => (asset === null ? [] : [asset]))),
) {
  @Get('dialogue-answers')
  @Open()
  @ApiOperation({
    operationId: 'readAnswering',
    summary: 'How each authority answers: threads, late and overdue answers, median days',
  })
  @Answers({ description: 'One item for each authority', json: { name: 'Answering' }, csv: answeringColumns })
  async answering(
    @Query(validation('query')) query: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (wantsCsv(request)) return this.answeringSheet(query, request, reply);
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { authorities, position } = await orBuilding(
      answersByAuthority(this.reading.database, this.reading.at(query.asOf)),
    );
    await reply.send({ asOf: query.asOf ?? null, authorities, position });
  }

  @Get('dialogue-answers.csv')
  @Open()
  @ApiOperation({ operationId: 'readAnsweringAsCsv', summary: 'How each authority answers, as CSV' })
  @Answers({ description: 'A table, one authority a row', csv: answeringColumns })
  async answeringSheet(
    @Query(validation('query')) query: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { authorities } = await orBuilding(answersByAuthority(this.reading.database, this.reading.at(query.asOf)));
    const rows = authorities.map(({ medianDays, ...each }) => ({ ...each, median_days: medianDays }));
    await reply.headers(savedAs('dialogue-answers.csv')).type(CSV).send(csvOf(rows, answeringColumns));
  }

  @Get('dialogues/:id')
  @Open()
  @ApiOperation({ operationId: 'readDialogue', summary: 'One thread: what may be read of it, and the answers' })
  @ApiParam({ name: 'id', description: 'Its id; the last character guards against mistyping.' })
  @Answers({ description: 'Dialogue', json: { name: 'Dialogue' } })
  @failsWith(404)
  async one(
    @Param('id') id: string,
    @Query(validation('query')) query: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { database, profile } = this.reading;
    const item = await found(dialoguePage(database, id, this.reading.at(query.asOf), profile), id, query.asOf);
    await reply.send({ asOf: query.asOf ?? null, ...dialogueResource(item) });
  }
}
