import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { originOf, wordsOf } from '#http';
import { coverageOf, positionOf } from '#read-models';
import { DataPage, dataAddress, officeLanguages, renderPage, wordsFor } from '#web';
import type { OfficeLanguage } from '#web';
import { Open } from '../api/answer';
import { inEachLanguage } from '../pages/pages.controller';
import { PlaceOfPages } from '../pages/place-of-pages';
import { Reading, orBuilding } from '../reading';
import { catalogueOf, prefixes } from './catalogue';
import { dataPackageOf } from './data-package';
import { licences } from './publication';
import type { Publication } from './publication';
import { PublicationTerms } from './publication-terms';
import { publishedTables } from './published-tables';
import { jsonLdOf, turtleOf } from './rdf';
import type { Resource } from './rdf';

/** What there is to download, described for programs: as a Data Package and as a DCAT-AP catalogue. The tables themselves are those of the API. */
@ApiExcludeController()
@Controller()
export class OpenDataController {
  constructor(
    private readonly reading: Reading,
    private readonly publication: PublicationTerms,
    private readonly place: PlaceOfPages,
  ) {}

  @Get(inEachLanguage({ page: 'data' }))
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply)) return;
    const { publisher, licence, position, origin } = await this.published(request);
    const tables = publishedTables.map(({ name, columns, at }) => ({ name, columns: columns.length, at }));
    const page = <DataPage view={{ tables, publisher, licence, position }} origin={origin} />;
    const words = wordsOf(request, this.reading.profile);
    const html = renderPage(page, words, await this.place.now());
    await reply.type('text/html; charset=utf-8').header('content-language', words.language).send(html);
  }

  @Get(dataAddress.dataPackage('en'))
  @Open()
  async packageInEnglish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.dataPackage('en', request, reply);
  }

  @Get(dataAddress.dataPackage('it'))
  @Open()
  async packageInItalian(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.dataPackage('it', request, reply);
  }

  @Get(dataAddress.catalogue('jsonld'))
  @Open()
  async catalogueAsJsonLd(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply)) return;
    const catalogue = jsonLdOf(await this.catalogue(request), prefixes);
    await reply.type('application/ld+json; charset=utf-8').send(JSON.stringify(catalogue));
  }

  @Get(dataAddress.catalogue('ttl'))
  @Open()
  async catalogueAsTurtle(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply)) return;
    const catalogue = turtleOf(await this.catalogue(request), prefixes);
    await reply.type('text/turtle; charset=utf-8').send(catalogue);
  }

  private async dataPackage(language: OfficeLanguage, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply)) return;
    const words = wordsFor(language, this.reading.profile);
    await reply.send(dataPackageOf(publishedTables, words, await this.published(request)));
  }

  private async catalogue(request: FastifyRequest): Promise<Resource[]> {
    const { profile, database } = this.reading;
    const spoken = officeLanguages.map((language) => wordsFor(language, profile));
    const coverage = await orBuilding(coverageOf(database));
    return catalogueOf(publishedTables, spoken, await this.published(request), { ...coverage, country: profile.country });
  } // prettier-ignore

  private async published(request: FastifyRequest): Promise<Publication> {
    const { publisher, licence } = this.publication.terms;
    const position = await positionOf(this.reading.database);
    return { origin: originOf(request), publisher, licence: licences[licence], position };
  }
}
