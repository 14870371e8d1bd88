/** The stores of the suite: real programs on this machine, which pods reach by its address. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type HubStore,
  startAzure,
  startGoogle,
  startHTTPS,
  startHub,
  startPassage,
  startS3,
} from '../../stores/index.ts';
import type { Passage } from '../../stores/passage.ts';
import type { Store } from '../../stores/store.ts';
import { Shelf } from './shelf.ts';

export interface World {
  readonly s3: Store;
  readonly gs: Store;
  readonly abfss: Store;
  readonly web: Store;
  readonly hub: HubStore;
  /** Stands between all pods and Azure. */
  readonly passage: Passage;
  readonly shelf: Shelf;
  /** What the chart is told of them. */
  readonly values: readonly string[];
  stop(): Promise<void>;
}

/** @param host the address at which pods reach this machine. */
export async function startWorld(host: string): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'flyball-artifacts-'));
  const place = (name: string) => join(directory, name);
  const s3 = await startS3(place('s3'), { host });
  const gs = await startGoogle(place('gs'), { host });
  const abfss = await startAzure(place('abfss'), { host });
  const passage = await startPassage(abfss.address, host);
  const web = await startHTTPS(place('web'), { host });
  const hub = await startHub(place('hub'), { host, access: 'Private' });
  const stores = [s3, gs, abfss, web, hub];
  const settings = Object.assign({}, ...stores.map((store) => store.settings)) as Store['settings'];
  const caCertificates = `${web.settings.caCertificates}\n${hub.settings.caCertificates}`;
  // All that is wrong waits at once, beside all that is right, and has to fit a node of two processors.
  const resources = { requests: { cpu: '10m' } };
  const storage = { ...settings, caCertificates, resources, abfss: { endpoint: `http://${passage.address}` } };
  return {
    s3,
    gs,
    abfss,
    web,
    hub,
    passage,
    shelf: new Shelf(place('shelf')),
    values: ['--set-json', `storage=${JSON.stringify(storage)}`],
    stop: async () => {
      await passage.stop();
      await Promise.all(stores.map((store) => store.stop()));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
