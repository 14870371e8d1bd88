/** What the cluster and the network do to pods that fetch, save and keep checkpoints. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { IPod } from 'kubernetes-models/v1';
import { named, type Place, summary } from '../outcomes/place.ts';
import { answered, client, expectWhole, modelDeployment, secretOf, served, trainingRun } from './objects.ts';
import type { World } from './world.ts';

/** A pod that is gone at once leaves a checkpoint in the bucket, and the next one goes on there. */
export async function keptCheckpoint(place: Place, { s3, shelf }: World): Promise<void> {
  const { uri, digest } = await shelf.dataset(s3, `${place.namespace}/data`);
  const checkpoints = `${place.namespace}/checkpoints`;
  await place.apply(
    secretOf([s3]),
    trainingRun('long', '1', {
      datasets: [{ name: 'train', uri, digest }],
      checkpoint: { uri: `${s3.root}/${checkpoints}` },
      output: { uri: `${s3.root}/${place.namespace}/models` },
      parameters: { seconds: '150' },
      retry: { limit: 2 },
    }),
  );
  const first = await place.until('a training', ({ pods }) => pods.find((pod) => runs(pod, 'main')));
  // They are uploaded each minute.
  await place.until('a checkpoint', () => shelf.has(s3, checkpoints, /\d{9}-[^/]*\.json$/));
  await kill(place, first.metadata?.name ?? '');
  const version = await place.until('a version', ({ versions }) => named(versions, 'long-1'));
  const begun = Number(version.spec.metrics['begun']);
  place.expect('the next pod goes on where the bucket was', begun >= 30, `from second ${begun} of 150`);
}

/** The store is away for a minute while a pod fetches from it: it waits, and goes on. */
export async function awayForAMinute(place: Place, { abfss, shelf, passage }: World): Promise<void> {
  const size = 64;
  const { uri, digest } = await shelf.model(abfss, `${place.namespace}/model`, '1', size);
  const before = passage.carried.down;
  passage.cutAfter((size * 2 ** 20) / 2);
  await place.apply(secretOf([abfss]), modelDeployment('away', { uri, digest }), client('away', place));
  await place.until('half of the model', () => passage.carried.down - before > 2 ** 20);
  passage.close();
  await sleep(60_000);
  const pod = place.sight.pods.find((one) => runs(one, 'fetch'));
  const restarts = pod?.status?.initContainerStatuses?.[0]?.restartCount;
  place.expect('it waits meanwhile', restarts === 0, `${restarts} restarts; ${said(place, 'away')}`);
  passage.open();
  await served(place, 'away');
  await answered(place, '1');
  const carried = (passage.carried.down - before) / 2 ** 20;
  place.expect(`what came before the cut is kept`, carried < 1.9 * size, `${carried.toFixed(0)} MiB came for ${size}`);
  await expectWhole(place);
}

/** What the summary says now. */
export function said({ sight }: Place, name: string): string {
  const condition = summary(named(sight.deployments, name) ?? named(sight.runs, name));
  return `${condition?.reason}: ${condition?.message}`;
}

/** Whether a container of a pod runs, be it one that runs before others. */
export function runs({ metadata, status }: IPod, container: string): boolean {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const isGoing = metadata?.deletionTimestamp !== undefined;
  return !isGoing && all.some(({ name, state }) => name === container && state?.running !== undefined);
}

/** Without its time to end. */
export async function kill({ kubectl, namespace }: Place, pod: string): Promise<void> {
  await kubectl.run(['delete', 'pod', pod, '--namespace', namespace, '--force', '--grace-period=0', '--wait=false']);
}
