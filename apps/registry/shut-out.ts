import type { SignIn } from '#access';
import type { Recorder } from '#recording';

type Record = Recorder['record'];

/**
 * A recorder that ends the sessions of an account in the same breath as its suspension, its tokens and open invitations with its closing, and a token with its revocation. The rights end by the
 * entry itself, which every request is held against: where the access database cannot be reached the entry stands all the same, and it is said.
 */
export const withShutOut =
  (record: Record, signIn: () => SignIn | undefined, onNotice: (notice: string) => void): Record =>
  async (stream, command, ...rest) => {
    const recorded = await record(stream, command, ...rest);
    const means = signIn();
    if (recorded.kind !== 'recorded' || !means || !stream.startsWith('account-')) return recorded;
    const account = stream.slice('account-'.length);
    try {
      if (command.name === 'suspend-account') await means.sessions.endAll(account);
      if (command.name === 'close-account') await means.administration.shutOut(account);
      const { token } = command.data;
      if (command.name === 'revoke-access-token' && typeof token === 'string')
        await means.apiTokens.end(account, token);
    } catch (error) {
      onNotice(`The sessions of ${account} could not be ended; it may do nothing all the same: ${String(error)}`);
    }
    return recorded;
  };
