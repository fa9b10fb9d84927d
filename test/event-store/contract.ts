import type { EventStore } from '#event-store';
import { appendContract } from './contract/append';
import { closeContract } from './contract/close';
import { readContract } from './contract/read';
import { refusalContract } from './contract/refusal';
import { retryContract } from './contract/retry';
import { racingContract } from './contract/racing';
import { subscribeContract } from './contract/subscribe';

/** Opens the store under test; it may be one log for all examples, which therefore use streams of their own. */
export type OpenStore = () => Promise<EventStore>;

/** Gives the store the running example uses; it is closed after the example. */
export type TheStore = () => EventStore;

/** What every event store promises, each promise one example. */
export function storeContract(name: string, open: OpenStore): void {
  describe(`${name}, as every event store,`, () => {
    let store: EventStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const theStore = () => store;
    appendContract(theStore);
    retryContract(theStore);
    refusalContract(theStore);
    readContract(theStore);
    subscribeContract(theStore);
    racingContract(theStore);
    closeContract(theStore);
  });
}
