import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failsWith, validation } from '#http';
import { allOrganisations, organisationList, organisationPage } from '#read-models';
import type { OrganisationItem } from '#read-models';
import { Open } from '../api/answer';
import { Answers, Queries } from '../api/description';
import { ListRoutes } from '../api/list';
import type { List } from '../api/list';
import { civicOperations } from '../api/operation';
import { orBuilding } from '../reading';
import type { Reading } from '../reading';
import { civicList, found } from './listing';
import { dealingsOf } from './dealings';
import { OrganisationsDto, organisationsQuery } from './questions';
import { OnADayDto } from '../register-query';
import { organisationColumns, organisationResource, organisationRow, organisationSummaryOf } from './resources';

const organisations = civicOperations(
  'organisations',
  'Organisations with what each holds, held and applied for',
  { page: 'OrganisationsPage', item: 'OrganisationSummary' },
  organisationColumns,
);

function organisationsAsked(reading: Reading, query: OrganisationsDto): List<OrganisationItem> {
  const { database } = reading;
  const asked = organisationsQuery(query);
  const now = reading.at(query.asOf);
  return civicList(query, {
    name: 'organisations',
    columns: organisationColumns,
    slice: (run) => organisationList(database, asked, now, run),
    all: () => allOrganisations(database, asked, now),
    resource: organisationSummaryOf,
    row: organisationRow,
  });
}

/** Organisations with what each holds, held and applied for, for programs. */
@Queries()
@Controller('api/v1')
export class OrganisationsController extends ListRoutes(
  organisations,
  { page: OrganisationsDto, whole: OrganisationsDto },
  organisationsAsked,
) {
  @Get('organisations/:id')
  @Open()
  @ApiOperation({
    operationId: 'readOrganisation',
    summary: 'One organisation: its standing, what it holds, held and applied for, where it sits',
  })
  @ApiParam({ name: 'id', description: 'Its id; the last character guards against mistyping.' })
  @Answers({ description: 'Organisation', json: { name: 'Organisation' } })
  @failsWith(404)
  async one(
    @Param('id') id: string,
    @Query(validation('query')) query: OnADayDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    const { database, profile } = this.reading;
    const item = await found(organisationPage(database, id, this.reading.at(query.asOf), profile), id, query.asOf);
    const dealings = await orBuilding(dealingsOf(this.reading, item.name, this.reading.at(query.asOf)));
    await reply.send({ asOf: query.asOf ?? null, ...organisationResource(item, dealings) });
  }
}
