import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Module, Post, Req, UseGuards } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { openSignIn } from '#access';
import type { OpenIdSettings, SignIn } from '#access';
import { italy } from '#domain';
import { FilesController } from '#http';
import { serve } from '#process';
import { SignInPlace } from '../../apps/registry/sign-in/options';
import type { SignInModuleOptions } from '../../apps/registry/sign-in/options';
import { OwnRequests } from '../../apps/registry/sign-in/own-requests.guard';
import { CommandRate } from '../../apps/registry/sign-in/rate-limits';
import { SignInModule } from '../../apps/registry/sign-in/sign-in.module';
import { CountingHasher, NumberedAccounts } from './sign-in';

/** Stands for the command API: answers who asked. */
@Controller('api/v1/whoami')
@UseGuards(CommandRate, OwnRequests)
class WhoAmI {
  constructor(private readonly place: SignInPlace) {}

  @Post()
  async whoAmI(@Req() request: FastifyRequest): Promise<object> {
    return (await this.place.signIn.identification.identify(request)) ?? { account: null };
  }
}

@Module({})
class CommandsStandIn {}

export interface Site {
  readonly url: string;
  readonly signIn: SignIn;
  readonly hasher: CountingHasher;
  /** Lets time pass. */
  later(milliseconds: number): void;
  readonly now: () => number;
  close(): Promise<void>;
}

export interface SiteOptions extends Partial<Omit<SignInModuleOptions, 'signIn' | 'profile'>> {
  readonly openId?: OpenIdSettings;
  readonly trustedProxies?: readonly string[];
  readonly port?: number;
}

/** Sign-in as a site of its own, as the merged registry composes it. */
export async function aSite({ openId, trustedProxies, port = 0, ...options }: SiteOptions = {}): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'sign-in-'));
  let ahead = 0;
  const clock = (): number => Date.now() + ahead;
  const hasher = new CountingHasher();
  const signIn = await openSignIn(
    {
      database: { kind: 'sqlite', path: join(folder, 'access.sqlite') },
      key: { file: join(folder, 'access.key') },
      ...(openId && { openId }),
    },
    { accounts: new NumberedAccounts(), secure: options.publicUrl?.startsWith('https://') ?? false, clock, hasher },
  );
  const signInModule = SignInModule.forRoot({ signIn, profile: italy, ...options });
  const commands: DynamicModule = { module: CommandsStandIn, imports: [signInModule], controllers: [WhoAmI] };
  const served = await serve(
    [{ module: signInModule }, { module: commands }, { module: FilesController.module() }],
    {
      host: '127.0.0.1',
      port,
      variables: { host: 'REGISTRY_HOST', port: 'REGISTRY_PORT' },
      ...(trustedProxies && { trustedProxies }),
    },
    italy,
  );
  return {
    url: served.url,
    signIn,
    hasher,
    later: (milliseconds) => (ahead += milliseconds),
    now: clock,
    close: async () => {
      await served.close();
      await signIn.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A browser as far as HTTP goes: keeps cookies, and sends a form with what its page put into it. */
export class Visitor {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.kept(await fetch(this.url + path, { redirect: 'manual', headers: this.all(headers) }));
  }

  /** Opens the page of a form and sends it. */
  async send(path: string, fields: Readonly<Record<string, string>>, from = path): Promise<Response> {
    return this.post(path, { formToken: await this.formToken(from), ...fields });
  }

  async formToken(path: string): Promise<string> {
    const html = await (await this.get(path)).text();
    return /name="formToken" value="([^"]*)"/.exec(html)?.[1] ?? '';
  }

  async post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const body = new URLSearchParams(fields);
    return this.kept(
      await fetch(this.url + path, { method: 'POST', redirect: 'manual', body, headers: this.all(headers) }),
    );
  }

  get session(): string | undefined {
    return [...this.cookies].find(([name]) => name.endsWith('registry-session'))?.[1];
  }

  private all(headers: Readonly<Record<string, string>>): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { 'accept-language': 'en', accept: 'text/html', ...(cookie && { cookie }), ...this.headers, ...headers };
  }

  private kept(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
