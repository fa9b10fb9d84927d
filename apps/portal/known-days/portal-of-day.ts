import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { endOf } from '#domain';
import type { LegalDate } from '#domain';
import { prepared } from '#process';
import type { Room } from '#process';
import type { ReadDatabase } from '#read-models';
import { keepingDay } from '#web';
import type { PortalOfDay } from './known-days';

/**
 * A portal that stands at the end of a day: the same rooms as the present one, over the read database of that day, without a port of its own. So every page, file and feed of it is what was shown then, with the same
 * code, and with tags, kept answers and connections that nobody else shares.
 */
export async function portalOfDay(
  day: LegalDate,
  database: ReadDatabase,
  room: Room,
  profile: Parameters<typeof prepared>[1],
  trustedProxies?: readonly string[],
): Promise<PortalOfDay> {
  const app = await prepared([room], profile, trustedProxies);
  saysItsDay(app, day);
  await app.init();
  const server = app.getHttpAdapter().getInstance();
  await server.ready();
  let underWay = 0;
  let whenDone: (() => void) | undefined;
  return {
    answer: (request, response) => {
      underWay += 1;
      response.once('close', () => {
        underWay -= 1;
        if (underWay === 0) whenDone?.();
      });
      server.routing(request, response);
    },
    close: async () => {
      if (underWay > 0) await new Promise<void>((resolve) => (whenDone = resolve));
      await app.close();
      await database.close();
    },
  };
}

/** Each answer says of when it is (Memento, RFC 7089 §2.1.1), and leads on within that day. */
function saysItsDay(app: NestFastifyApplication, day: LegalDate): void {
  const until = new Date(endOf(day)).toUTCString();
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request, reply, payload, done) => {
      void reply.header('memento-datetime', until);
      const [link, location] = [reply.getHeader('link'), reply.getHeader('location')];
      if (typeof link === 'string')
        void reply.header(
          'link',
          link.replace(/<([^>]+)>/g, (_, address: string) => `<${keepingDay(address, day)}>`),
        );
      if (typeof location === 'string') void reply.header('location', keepingDay(location, day));
      done(null, payload);
    });
}
