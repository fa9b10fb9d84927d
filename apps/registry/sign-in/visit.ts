import '@fastify/cookie';
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { cookieOf, same, sessionCookie } from '#access';
import type { Session } from '#access';
import { languageOf, originOf } from '#http';
import { addressOf, officeLanguageOf, renderPage, wordsFor } from '#web';
import type { AccessFault, AccessView, OfficeLanguage, Words } from '#web';
import { formFrom } from './form';
import type { Form } from './form';
import { isFromOwnPage } from './own-origin';
import { SignInPlace } from './options';

/** A request for one of these pages, with all that is known of who makes it. */
export interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly words: Words;
  readonly language: OfficeLanguage;
  /** Somebody is signed in. */
  readonly session?: Session & { readonly token: string };
  /** What every page is given. */
  readonly view: AccessView;
}

const FORM = 'form';

/**
 * Requests and answers of these pages: cookies, the forms' tokens, how a page is sent.
 *
 * The cookies are SameSite=Lax and not Strict: with Strict somebody who comes by a link, from a message or back from the provider, would look signed out, and
 * the provider's answer would not find the attempt it belongs to. What changes something is a POST, for which Lax sends no cookie from other sites either.
 */
@Injectable()
export class Visits {
  constructor(private readonly place: SignInPlace) {}

  async of(request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
    const { signIn, profile } = this.place;
    const language = officeLanguageOf(languageOf(request));
    const session = await signIn.identification.session(request);
    const view = {
      origin: this.originOf(request),
      formToken: this.formToken(request, reply),
      signedIn: session !== undefined,
    };
    return { request, reply, language, words: wordsFor(language, profile), ...(session && { session }), view };
  }

  originOf(request: FastifyRequest): string {
    return this.place.publicUrl ?? originOf(request);
  }

  /**
   * The token a form of ours carries: made with the server's key from the session's cookie, or from that of the visit where nobody is signed in. Another site
   * can make a browser send its cookies, but cannot read them nor this.
   */
  formToken(request: FastifyRequest, reply: FastifyReply): string {
    const { identification, key } = this.place.signIn;
    const known = identification.sessionToken(request) ?? cookieOf(request, this.name('visit'));
    if (known !== undefined) return key.mark(known, FORM);
    const visit = randomBytes(16).toString('base64url');
    this.setCookie(reply, 'visit', visit);
    return key.mark(visit, FORM);
  }

  /** Whether a request proves that it comes from a page of ours. */
  isOwn(request: FastifyRequest, token: string): boolean {
    const { identification, key } = this.place.signIn;
    const known = identification.sessionToken(request) ?? cookieOf(request, this.name('visit'));
    return known !== undefined && isFromOwnPage(request, this.place.publicUrl) && same(token, key.mark(known, FORM));
  }

  /** The fields of a form of ours; undefined for one that does not prove it. Throws RequestFailed for what no form of ours sends. */
  form<Name extends string>(request: FastifyRequest, names: readonly Name[]): Form<Name> | undefined {
    const { formToken, ...form } = formFrom<Name | 'formToken'>(request.body, [...names, 'formToken']);
    return this.isOwn(request, formToken) ? (form as Form<Name>) : undefined;
  }

  /** Sends a page, for this reader alone. */
  async show({ reply, words }: Visit, page: VNode, status = 200): Promise<void> {
    await reply
      .status(status)
      .type('text/html; charset=utf-8')
      .headers({ 'cache-control': 'no-store', 'content-language': words.language })
      .send(renderPage(page, words));
  }

  /** Leads on after a form was posted, so that going back or reloading sends nothing again. */
  async goOn({ reply }: Visit, address: string): Promise<void> {
    await reply.header('cache-control', 'no-store').redirect(address, 303);
  }

  /** Leads to sign-in and from there back. */
  async askToSignIn(visit: Visit): Promise<void> {
    const returnTo =
      visit.request.method === 'GET' ? visit.request.url : addressOf(visit.language, { page: 'account' });
    await this.goOn(visit, addressOf(visit.language, { page: 'sign-in', query: { returnTo } }));
  }

  /** Status and headers of a page with a fault, and the fault itself. */
  fault({ reply }: Visit, fault: AccessFault | { readonly waitUntil: number }): FaultOnPage {
    if (!('waitUntil' in fault)) return { fault, status: fault.code === 'expired-form' ? 403 : 422 };
    const seconds = Math.max(1, Math.ceil((fault.waitUntil - this.place.signIn.clock()) / 1000));
    void reply.header('retry-after', String(seconds));
    return { fault: { code: 'wait', minutes: Math.ceil(seconds / 60) }, status: 429 };
  }

  setSession(reply: FastifyReply, token: string): void {
    void reply.setCookie(this.place.secure ? sessionCookie.secure : sessionCookie.plain, token, this.cookieOptions());
  }

  clearSession(reply: FastifyReply): void {
    const name = this.place.secure ? sessionCookie.secure : sessionCookie.plain;
    void reply.clearCookie(name, this.cookieOptions());
  }

  cookie(request: FastifyRequest, what: 'visit' | 'openid'): string | undefined {
    return cookieOf(request, this.name(what));
  }

  setCookie(reply: FastifyReply, what: 'visit' | 'openid', value: string, maxAge?: number): void {
    void reply.setCookie(this.name(what), value, { ...this.cookieOptions(), ...(maxAge !== undefined && { maxAge }) });
  }

  clearCookie(reply: FastifyReply, what: 'visit' | 'openid'): void {
    void reply.clearCookie(this.name(what), this.cookieOptions());
  }

  private name(what: 'visit' | 'openid'): string {
    return `${this.place.secure ? '__Host-' : ''}registry-${what}`;
  }

  /** No lifetime: the browser forgets them when it is closed. */
  private cookieOptions() {
    return { path: '/', httpOnly: true, secure: this.place.secure, sameSite: 'lax' } as const;
  }
}

export interface FaultOnPage {
  readonly fault: AccessFault;
  readonly status: number;
}

/** Where the request comes from, for counting attempts and for the list of sessions. */
export const attemptOf = ({ ip, headers }: FastifyRequest): { readonly address: string; readonly browser: string } => ({
  address: networkOf(ip),
  browser: headers['user-agent'] ?? '',
});

/** Whoever has an IPv6 address has a whole /64 of them. */
function networkOf(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail = ''] = plain.split('%')[0]!.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const full = plain.includes('::')
    ? [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
    : left;
  return `${full.slice(0, 4).join(':')}::/64`;
}
