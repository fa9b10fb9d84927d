import type { VNode } from 'preact';
import { NotBuiltYet, callList, dialogueList, latestPassedDeadline } from '#read-models';
import type { LegalDate } from '#domain';
import { AssetCivic, DayOfPage } from '#web';
import type { Reading } from '../reading';
import { given } from '../register-query';

const SHOWN = 5;

/** What other reports say of an asset, on a day where one is given; nothing while they are being built, for the asset's page does not wait for them. */
export async function aroundAsset(reading: Reading, asset: string, asOf?: LegalDate): Promise<VNode | undefined> {
  const { database, asking } = reading;
  const now = reading.at(asOf);
  try {
    const [calls, threads] = await Promise.all([
      callList(database, { asset }, now, { limit: SHOWN }),
      dialogueList(database, { asset }, now, { limit: SHOWN }),
    ]);
    return (
      <DayOfPage.Provider value={given({ asOf })}>
        <AssetCivic asset={asset} calls={calls.items} threads={threads.items} asking={asking} />
      </DayOfPage.Provider>
    );
  } catch (error) {
    if (error instanceof NotBuiltYet) return undefined;
    throw error;
  }
}

/** The latest deadline of a call that has passed: what is said of calls changes with it. Empty while the calls are being built. */
export async function passedDeadline(reading: Reading): Promise<string> {
  try {
    return await latestPassedDeadline(reading.database, reading.now());
  } catch (error) {
    if (error instanceof NotBuiltYet) return '';
    throw error;
  }
}
