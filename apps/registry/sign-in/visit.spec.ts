import type { FastifyRequest } from 'fastify';
import { attemptOf } from './visit';

describe('the address attempts are counted by', () => {
  const of = (ip: string): string => attemptOf({ ip, headers: {} } as FastifyRequest).address;

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('of %s is %s', (ip, address) => expect(of(ip)).toBe(address));
});
