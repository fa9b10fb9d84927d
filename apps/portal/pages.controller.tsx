import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { isAssetId } from '#domain';
import { failed, validation } from '#http';
import { assetPage, facets, registerList, stock } from '#read-models';
import type { FilterColumn, RegisterItem } from '#read-models';
import {
  AssetPage,
  HomePage,
  IndicatorsPage,
  RegisterPage,
  addressOf,
  filterNames,
  indicatorsFrom,
  mark,
  preferredLanguage,
  renderPage,
  stylesheet,
  wordsFor,
} from '#web';
import type { FilterName, FilterValue, Language, RegisterLine } from '#web';
import { Reading, orBuilding } from './reading';
import { MomentDto, RegisterDto, addressFrom, cursorBehind, queryOf } from './register-query';

const FOR_EVER = 'public, max-age=31536000, immutable';

const columnOf: Record<FilterName, FilterColumn> = {
  kind: 'kind',
  category: 'category',
  phase: 'phase',
  region: 'region_code',
  province: 'province_code',
  municipality: 'municipality_code',
};

/** The pages, written on the server; they work without any script. */
@ApiExcludeController()
@Controller()
export class PagesController {
  constructor(private readonly reading: Reading) {}

  @Get()
  async front(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = preferredLanguage(request.headers['accept-language']);
    await reply.header('vary', 'accept-language').redirect(addressOf(language, { page: 'home' }), 302);
  }

  @Get(stylesheet.path)
  @Header('cache-control', FOR_EVER)
  async style(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(stylesheet.type).send(stylesheet.body);
  }

  @Get(mark.path)
  @Header('cache-control', 'public, max-age=86400')
  async mark(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(mark.type).send(mark.body);
  }

  @Get('it')
  homeInItalian(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.home('it', request, reply);
  }

  @Get('en')
  homeInEnglish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.home('en', request, reply);
  }

  @Get('it/beni')
  registerInItalian(
    @Query(validation('query')) query: RegisterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.register('it', query, request, reply);
  }

  @Get('en/assets')
  registerInEnglish(
    @Query(validation('query')) query: RegisterDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.register('en', query, request, reply);
  }

  @Get('it/beni/:id')
  assetInItalian(
    @Param('id') id: string,
    @Query(validation('query')) moment: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.asset('it', id, moment, request, reply);
  }

  @Get('en/assets/:id')
  assetInEnglish(
    @Param('id') id: string,
    @Query(validation('query')) moment: MomentDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.asset('en', id, moment, request, reply);
  }

  @Get('it/indicatori')
  indicatorsInItalian(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.indicators('it', request, reply);
  }

  @Get('en/indicators')
  indicatorsInEnglish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.indicators('en', request, reply);
  }

  private async home(language: Language, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply)) return;
    const { cells, position } = await orBuilding(stock(this.reading.database));
    await this.show(language, <HomePage view={indicatorsFrom(cells, position)} origin={originOf(request)} />, reply);
  }

  private async indicators(language: Language, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (await this.reading.unchanged(request, reply)) return;
    const { cells, position } = await orBuilding(stock(this.reading.database));
    await this.show(
      language,
      <IndicatorsPage view={indicatorsFrom(cells, position)} origin={originOf(request)} />,
      reply,
    );
  }

  private async register(
    language: Language,
    dto: RegisterDto,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    await this.reading.reach(dto.after);
    if (await this.reading.unchanged(request, reply)) return;
    const { database } = this.reading;
    const query = queryOf(dto);
    const past = query.asOf !== undefined || query.knownAt !== undefined;
    const { text, ...withoutText } = query;
    const page = await orBuilding(registerList(database, past ? withoutText : query));
    const counted = !past && text === undefined;
    const filters: Partial<Record<FilterName, readonly FilterValue[]>> = {};
    for (const name of filterNames) {
      const needs = name === 'province' ? dto.region : name === 'municipality' ? dto.province : '';
      if (needs === undefined) continue;
      const values = await orBuilding(facets(database, columnOf[name], withoutText));
      filters[name] = values.map(({ code, name: own, assets }) => ({ code, name: own, ...(counted && { assets }) }));
    }
    const areaNames = Object.fromEntries(
      filterNames.flatMap((name) => {
        const chosen = filters[name]?.find(({ code }) => code === dto[name]);
        return chosen && columnOf[name] !== name ? [[name, chosen.name]] : [];
      }),
    );
    const view = {
      address: addressFrom(dto),
      lines: page.items.map(lineOf),
      total: page.total,
      totalIsMinimum: page.totalIsMinimum,
      filters,
      areaNames,
      ...(page.next !== undefined && { next: cursorBehind(page.next) }),
      wordsIgnored: past && text !== undefined,
      today: this.reading.today(),
      position: page.position,
    };
    await this.show(language, <RegisterPage view={view} origin={originOf(request)} />, reply);
  }

  private async asset(
    language: Language,
    id: string,
    { asOf, knownAt, after }: MomentDto,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    await this.reading.reach(after);
    if (await this.reading.unchanged(request, reply)) return;
    const { database, profile } = this.reading;
    const moment = { ...(asOf !== undefined && { asOf }), ...(knownAt !== undefined && { knownAt }) };
    const at = (when: typeof moment) => orBuilding(assetPage(database, id, when, profile));
    const dossier = isAssetId(id) ? await at(moment) : undefined;
    if (!dossier)
      throw failed(
        'not-found',
        `The register has never heard of "${id}". Check the id: its last character guards against mistyping.`,
      );
    const present = asOf === undefined && knownAt === undefined ? undefined : await at({});
    const view = { dossier, moment, ...(present && { present }), today: this.reading.today(), profile };
    await this.show(language, <AssetPage view={view} origin={originOf(request)} />, reply);
  }

  private async show(language: Language, page: VNode, reply: FastifyReply): Promise<void> {
    const words = wordsFor(language, this.reading.profile.timeZone);
    await reply.type('text/html; charset=utf-8').header('content-language', language).send(renderPage(page, words));
  }
}

function lineOf(item: RegisterItem): RegisterLine {
  const { id, kind, category, subcategory, title, municipality, province, region, phase_since, value_minor, currency } =
    item;
  const value = value_minor === null || currency === null ? null : { minor: value_minor, currency };
  return {
    id,
    kind,
    category,
    subcategory,
    title,
    municipality,
    province,
    region,
    phase: item.phase as RegisterLine['phase'],
    phaseSince: phase_since,
    value,
  };
}

export const originOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}`;
