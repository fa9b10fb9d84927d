import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failed, failsWith, originOf, validation } from '#http';
import { callPage, latestPassedDeadline, positionOf, streamEntries } from '#read-models';
import { dataAddress } from '#web';
import { Open } from '../../api/answer';
import { Answers, Queries } from '../../api/description';
import { found } from '../../civic/listing';
import { Reading, orBuilding } from '../../reading';
import { FreshnessDto } from '../../register-query';
import { PublicationTerms } from '../publication-terms';
import { licences } from '../publication';
import { callRecord } from './calls';
import { recordPackage } from './package';
import type { Issuer, OcdsRecord } from './package';
import { spendingRecords } from './spending';

const RECORDS = { description: 'A record package (OCDS 1.1)', json: { name: 'OcdsRecordPackage' } } as const;

/** Calls and public spending by the Open Contracting Data Standard 1.1. */
@Queries()
@Controller('api/v1/ocds')
export class OcdsController {
  constructor(
    private readonly reading: Reading,
    private readonly publication: PublicationTerms,
  ) {}

  @Get('assets/:id')
  @Open()
  @ApiOperation({ operationId: 'readAssetAsOcds', summary: 'Public spending on one asset: a contracting process for each commitment' })
  @ApiParam({ name: 'id', description: 'Registry id; its last character guards against mistyping.' })
  @Answers(RECORDS)
  @failsWith(404)
  async ofAsset(
    @Param('id') id: string,
    @Query(validation('query')) { after }: FreshnessDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.reading.unchanged(request, reply, after)) return;
    const dossier = await this.reading.dossier(id, {});
    const records = dossier.asset ? spendingRecords(dossier, this.issuer()) : [];
    if (records.length === 0) throw failed('not-found', `No public money was committed to a supplier for ${id}: there is no contracting process to tell.`);
    await this.send(records, dataAddress.ocds('assets', id), request, reply);
  }

  @Get('calls/:id')
  @Open()
  @ApiOperation({ operationId: 'readCallAsOcds', summary: 'One published call as a contracting process' })
  @ApiParam({ name: 'id', description: 'Its id; the last character guards against mistyping.' })
  @Answers(RECORDS)
  @failsWith(404)
  async ofCall(
    @Param('id') id: string,
    @Query(validation('query')) { after }: FreshnessDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { database, profile } = this.reading;
    const now = this.reading.now();
    if (await this.reading.unchanged(request, reply, after, () => latestPassedDeadline(database, now))) return;
    const call = await found(callPage(database, id, now, profile), id);
    const entries = await orBuilding(streamEntries(database, `call-${id}`));
    await this.send([callRecord(call, entries, this.issuer())], dataAddress.ocds('calls', id), request, reply);
  }

  private issuer(): Issuer {
    return { prefix: this.publication.terms.ocdsPrefix, language: this.reading.profile.country === 'IT' ? 'it' : 'en' };
  }

  private async send(records: readonly OcdsRecord[], path: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { publisher, publisherId, licence } = this.publication.terms;
    const [origin, position] = [originOf(request), await positionOf(this.reading.database)];
    await reply.send(recordPackage(records, origin + path, { origin, publisher, ...(publisherId && { publisherId }), licence: licences[licence], position }));
  }
} // prettier-ignore
