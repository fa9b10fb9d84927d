import { EventStoreDBClient } from '@eventstore/db-client';
import { connectivityState } from '@grpc/grpc-js';
import type { Channel, Client } from '@grpc/grpc-js';
import type { Connection } from './connection-string';

/**
 * The database's own client, without the parts of it that can take the process down:
 *
 * - Its batch append keeps the pending answers of all clients of a process in one table, which an error of any of them empties; the next
 *   answer then ends the process. One call for each append has an answer, an error and a deadline of its own.
 * - It calls on a channel that an error elsewhere has just closed, and the exception is lost inside a promise that never settles.
 */
export class LogClient extends EventStoreDBClient {
  private channel: Channel | undefined;

  constructor({ nodes, channel, credentials }: Connection) {
    // The client's constructor tells the three kinds of nodes apart by their properties, its types by overloads.
    if ('endpoint' in nodes) super(nodes, channel, credentials);
    else if ('endpoints' in nodes) super(nodes, channel, credentials);
    else super(nodes, channel, credentials);

    const { getChannel, execute, handleError } = this;
    this.getChannel = async () => (this.channel = await getChannel());
    this.execute = (service, name, action) =>
      execute(service, name, (client) => {
        assertOpen(client);
        return action(client);
      });
    // An error that does not look as the client expects makes its handler fail, unheard; the caller has the error all the same.
    this.handleError = (client, error) => handleError(client, error).catch(() => undefined);
  }

  /** Never the batch call; see above. */
  protected override supports = (): Promise<boolean> => Promise.resolve(false);

  /** Ends every call and the connection; without it the process would not end. */
  async end(): Promise<void> {
    await this.dispose();
    this.channel?.close();
  }
}

function assertOpen(client: Client): void {
  if (client.getChannel().getConnectivityState(false) === connectivityState.SHUTDOWN) {
    throw new Error('the connection was just closed');
  }
}
