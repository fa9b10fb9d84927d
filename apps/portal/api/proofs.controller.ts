import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ASKED_EACH_TIME, failed, failsWith, sendTagged } from '#http';
import { integrityOf, provenEntry } from '../proofs';
import { PublishedLog } from '../published-log';
import { Reading } from '../reading';
import { Open } from './answer';
import { Answers, Queries } from './description';

const JSON_FILE = { type: 'application/json; charset=utf-8', keep: ASKED_EACH_TIME } as const;
const ID = { name: 'id', description: 'Id of the entry, as in a timeline.' } as const;

/** Proofs for programs: of one entry, and of the log as a whole. */
@Queries()
@Controller('api/v1')
export class ProofsController {
  constructor(
    private readonly log: PublishedLog,
    private readonly reading: Reading,
  ) {}

  @Get('entries/:id/proof')
  @Open()
  @ApiOperation({ operationId: 'readProof', summary: 'The proof that an entry is in the transparency log, as a file' })
  @ApiParam(ID)
  @ApiResponse({
    status: 200,
    description: 'C2SP tlog-proof: place, inclusion proof, checkpoint; the extra data are the entry as it was logged',
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  @failsWith(404)
  async proof(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { file } = await provenEntry(this.log, this.reading, id);
    await sendTagged(file, { type: 'text/plain; charset=utf-8', keep: ASKED_EACH_TIME }, request, reply);
  }

  @Get('entries/:id/leaf')
  @Open()
  @ApiOperation({ operationId: 'readLeaf', summary: 'What exactly was logged of an entry, byte for byte' })
  @ApiParam(ID)
  @Answers({ description: 'Canonical JSON (RFC 8785); what is not public stands in it as commitments', json: { name: 'Leaf' } })
  @failsWith(404)
  async leaf(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { leaf } = await provenEntry(this.log, this.reading, id);
    await sendTagged(Buffer.from(leaf), JSON_FILE, request, reply);
  }

  @Get('integrity')
  @Open()
  @ApiOperation({ operationId: 'readIntegrity', summary: 'How the transparency log stands: size, root, keys, what waits, earlier days' })
  @Answers({ description: 'The latest signed state', json: { name: 'Integrity' } })
  @failsWith(404)
  async integrity(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const integrity = await integrityOf(this.log, this.reading);
    if (!integrity) throw failed('not-found', 'No transparency log is kept here.');
    const { waitingSince = null, ...more } = integrity;
    const waited = waitingSince === null ? 0 : Math.max(0, Date.parse(this.reading.now().instant) - Date.parse(waitingSince));
    await sendTagged(JSON.stringify({ ...more, waitingSince, delaySeconds: Math.round(waited / 1000) }), JSON_FILE, request, reply);
  }
} // prettier-ignore
