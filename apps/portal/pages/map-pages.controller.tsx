import { Controller, Get, Header, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { encodingFor, failed, languageOf, originOf, wordsOf } from '#http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { AreaCounts, Facet } from '#read-models';
import { MapPage, addressOf, geographyOf, mapFiles, renderPage, seenInAddress } from '#web';
import type { MapFile, MapScript, MapTiles } from '#web';
import { passedDeadline } from '../civic/around-asset';
import { KeptAnswers } from '../kept-answers';
import { Reading } from '../reading';
import { addressFrom, alsoOf, assetFilters } from '../register-query';
import { SeenDto, seenIn } from '../seen-query';
import { KnownParameters } from './known-parameters';
import { mapView } from './map-view';
import { inEachLanguage, straightened } from './pages.controller';
import { PlaceOfPages } from './place-of-pages';

/** Where pictures of the ground come from, if from anywhere. */
export class GroundOfMap {
  constructor(readonly tiles?: MapTiles) {}
}

/** The map's page runs its own script, which asks this server alone; pictures come from where the operator says, too (CSP Level 3). */
const policy = (tiles: MapTiles | undefined): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    `img-src 'self' data:${tiles ? ` ${new URL(tiles.url).origin}` : ''}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

interface PackedFile {
  readonly file: MapFile;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

const filters = [...assetFilters, 'asOf', 'bbox', 'zoom', 'cursor', 'after'];

/** The map of the register, and the files its script is made of. */
@ApiExcludeController()
@Controller()
export class MapPagesController {
  private readonly facets = new KeptAnswers<Facet[]>();
  private readonly counts = new KeptAnswers<AreaCounts>();
  private readonly files: ReadonlyMap<string, PackedFile>;
  private readonly script: MapScript | undefined;

  constructor(
    private readonly reading: Reading,
    private readonly ground: GroundOfMap,
    private readonly place: PlaceOfPages,
  ) {
    const geography = geographyOf(reading.profile.country);
    const files = geography && mapFiles(geography);
    const all = files ? Object.values(files) as MapFile[] : []; // prettier-ignore
    this.files = new Map(
      all.map((file) => [file.path, { file, br: brotliCompressSync(file.body), gzip: gzipSync(file.body) }]),
    );
    this.script = files && {
      path: files.script.path,
      integrity: files.script.integrity,
      style: files.style.path,
      outlines: files.outlines.path,
      ...(ground.tiles && { tiles: ground.tiles }),
    };
  }

  @Get(inEachLanguage({ page: 'map' }))
  async map(
    @Query(new KnownParameters(filters)) dto: SeenDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { bbox: _bbox, zoom: _zoom, ...query } = dto;
    const seen = seenIn(dto);
    const shown = { ...addressFrom(query), ...(seen && seenInAddress(seen)) };
    const address = addressOf(languageOf(request), { page: 'map', query: shown });
    if (query.after === undefined && (await straightened(address, request, reply))) return;
    const also = alsoOf(query, () => passedDeadline(this.reading));
    if (await this.reading.unchanged(request, reply, query.after, also, seen ? 'once' : 'often')) return;
    const { view, since } = await mapView(this.reading, this.facets, this.counts, query, this.script, seen);
    const words = wordsOf(request, this.reading.profile);
    await reply
      .headers({
        etag: this.reading.tag(since, await also?.()),
        'content-security-policy': policy(this.ground.tiles),
        'content-language': words.language,
      })
      .type('text/html; charset=utf-8')
      .send(renderPage(<MapPage view={view} origin={originOf(request)} />, words, await this.place.now()));
  }

  @Get('assets/map/:file')
  @Header('cache-control', 'public, max-age=31536000, immutable')
  @Header('vary', 'Accept-Encoding')
  async file(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const found = this.files.get(request.url);
    if (!found) throw failed('not-found', 'There is no such file.');
    const encoding = encodingFor(request);
    if (encoding) void reply.header('content-encoding', encoding);
    await reply.type(found.file.type).send(encoding ? found[encoding] : found.file.body);
  }
}
