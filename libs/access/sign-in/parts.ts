import type { AccessDatabase } from './database/access-database';
import type { LockOut } from './lock-out';
import type { PasswordHasher } from './passwords/hasher';
import type { AccessKey } from './secrets';
import type { Sessions } from './sessions';

/** What the services of sign-in share. */
export interface Parts {
  readonly database: AccessDatabase;
  readonly key: AccessKey;
  readonly hasher: PasswordHasher;
  readonly sessions: Sessions;
  readonly lockOut: LockOut;
  readonly clock: () => number;
}
