import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { AccountStanding, Grant } from '#domain';
import { grantsAt, standingAt } from '#domain';
import { failsWith } from '#http';
import { AccessControl, notSignedIn } from './access-control';
import { RegistrySettings } from './settings';

interface OwnAccount {
  readonly account: string;
  readonly signedInBy: 'session' | 'token';
  readonly agency?: string;
  readonly organisation?: string;
  /** Missing where nobody opened the account. */
  readonly standing?: AccountStanding;
  readonly roles: readonly Grant[];
}

/** As whom a program or page is signed in, and what that account may do now. */
@ApiTags('restricted')
@failsWith(401)
@Controller('api/v1/own-account')
export class OwnAccountController {
  constructor(
    private readonly access: AccessControl,
    private readonly settings: RegistrySettings,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'ownAccount', summary: 'As whom you are signed in, with your roles' })
  @ApiResponse({ status: 200, description: 'The account, where it stands and its roles now' })
  async own(@Req() request: FastifyRequest): Promise<OwnAccount> {
    const caller = await this.access.caller(request);
    if (!caller) throw notSignedIn();
    const { id, account, by } = caller;
    const now = new Date().toISOString();
    const standing = account && standingAt(account, now);
    return {
      account: id,
      signedInBy: by,
      ...(account?.agency !== undefined && { agency: account.agency }),
      ...(account?.organisation !== undefined && { organisation: account.organisation }),
      ...(standing && { standing }),
      roles: account ? grantsAt(account, now, this.settings.profile.timeZone) : [],
    };
  }
}
