/** How long a large model takes from S3 to a pod that serves it, as a multiple of what its disk takes for as many bytes. */
import { join } from 'node:path';
import type { IPod } from 'kubernetes-models/v1';
import { run } from '../../../hack/cluster/command.ts';
import { isReady, type Place } from '../outcomes/place.ts';
import { modelDeployment, secretOf, served } from './objects.ts';
import type { World } from './world.ts';

const size = 2048;

export async function large(place: Place, { s3, shelf }: World): Promise<void> {
  const { uri, digest, folder } = await shelf.model(s3, `${place.namespace}/model`, '1', size);
  const disk = await copied(join(folder, 'parts'), shelf.folder('copy'));
  await place.apply(secretOf([s3]), modelDeployment('large', { uri, digest }));
  const pod = await place.until('a pod that serves', ({ pods }) => pods.find(isReady));
  await served(place, 'large');
  const { fetch, ready } = timesOf(pod);
  const times = (seconds: number) => `${seconds} s (${(seconds / disk).toFixed(1)} times)`;
  place.expect(
    'two GiB are served',
    true,
    `the disk alone takes ${disk.toFixed(1)} s for them; fetched and compared with the digest in ${times(fetch)}, ready after ${times(ready)}`,
  );
}

/** How many seconds the disk takes to read and write as much. */
async function copied(from: string, to: string): Promise<number> {
  const began = performance.now();
  await run('cp', ['--recursive', from, to]);
  await run('sync', ['--file-system', to]);
  return (performance.now() - began) / 1000;
}

/** In seconds: how long it fetched, and from when the pod was made until it was ready. */
function timesOf({ metadata, status }: IPod): { readonly fetch: number; readonly ready: number } {
  const seconds = (from: string | undefined, to: string | undefined) =>
    (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
  const { startedAt, finishedAt } = status?.initContainerStatuses?.[0]?.state?.terminated ?? {};
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
  return { fetch: seconds(startedAt, finishedAt), ready: seconds(metadata?.creationTimestamp, ready) };
}
