import { hash, verify } from '@node-rs/argon2';
import { newSecret } from '../secrets';
import { normalPassword } from './rules';

/** argon2id with 19 MiB, two passes and one lane (OWASP Password Storage Cheat Sheet, as of 2025). `algorithm` 2 is argon2id. */
export const ARGON2 = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

interface Cost {
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** Hashes passwords and compares them. One comparison costs the same whether there is such a user or not. */
export class PasswordHasher {
  private stranger: Promise<string> | undefined;

  constructor(private readonly cost: Cost = ARGON2) {}

  hash(password: string): Promise<string> {
    return hash(normalPassword(password), { ...this.cost, algorithm: ARGON2.algorithm });
  }

  /** Whether the password is the one; always false without a hash, after the same work. */
  async verify(stored: string | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await (this.stranger ??= this.hash(newSecret())));
    const fits = await this.matches(against, normalPassword(password));
    return stored !== undefined && fits;
  }

  /** The work itself. */
  protected matches(stored: string, password: string): Promise<boolean> {
    return verify(stored, password);
  }

  /** Made with less than is asked for today, so that it is made anew when its password is at hand. */
  isOutdated(stored: string): boolean {
    const [, memory = '0', time = '0', lanes = '0'] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(stored) ?? [];
    const { memoryCost, timeCost, parallelism } = this.cost;
    return Number(memory) < memoryCost || Number(time) < timeCost || Number(lanes) < parallelism;
  }
}
