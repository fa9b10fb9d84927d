import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failsWith, validation } from '#http';
import { allOrganisations, organisationList, organisationPage } from '#read-models';
import type { OrganisationItem } from '#read-models';
import { Open, wantsCsv } from '../api/answer';
import { Answers, Queries } from '../api/description';
import { civicOperations } from '../api/operation';
import { Reading } from '../reading';
import { FreshnessDto } from '../register-query';
import { found, sendArray, sendPage, sendTable, sendWorkbook } from './listing';
import type { Listing } from './listing';
import { OrganisationsDto, organisationsQuery } from './questions';
import { organisationColumns, organisationResource, organisationRow, organisationSummaryOf } from './resources';

const organisations = civicOperations(
  'organisations',
  'Organisations with what each holds, held and applied for',
  { page: 'OrganisationsPage', item: 'OrganisationSummary' },
  organisationColumns,
);

/** Organisations with what each holds, held and applied for, for programs. */
@Queries()
@Controller('api/v1')
export class OrganisationsController {
  constructor(private readonly reading: Reading) {}

  @organisations.Page()
  list(
    @Query(validation('query')) query: OrganisationsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const send = wantsCsv(request) ? sendTable : sendPage;
    return send(this.reading, this.listing(query), query, request, reply);
  }

  @organisations.Sheet()
  sheet(
    @Query(validation('query')) query: OrganisationsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendTable(this.reading, this.listing(query), query, request, reply);
  }

  @organisations.Workbook()
  workbook(
    @Query(validation('query')) query: OrganisationsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendWorkbook(this.reading, this.listing(query), query, request, reply);
  }

  @organisations.Array()
  array(
    @Query(validation('query')) query: OrganisationsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendArray(this.reading, this.listing(query), query, request, reply);
  }

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
    @Query(validation('query')) query: FreshnessDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, query.after)) return;
    await reply.send(organisationResource(await found(organisationPage(this.reading.database, id), id)));
  }

  private listing(query: OrganisationsDto): Listing<OrganisationItem> {
    const { database } = this.reading;
    const asked = organisationsQuery(query);
    return {
      name: 'organisations',
      columns: organisationColumns,
      page: (run) => organisationList(database, asked, run),
      all: () => allOrganisations(database, asked),
      resource: organisationSummaryOf,
      row: organisationRow,
    };
  }
}
