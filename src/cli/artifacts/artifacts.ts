import { randomInt } from 'node:crypto';
import type { IPod } from 'kubernetes-models/v1';
import { milliseconds } from '../../api/duration.ts';
import { trainingRuns } from '../../api/kinds.ts';
import { idOf, keyOf } from '../../api/resource.ts';
import { artifactsOf } from '../../product/artifacts/artifacts.ts';
import { languages } from '../../product/artifacts/programs.ts';
import { type Listing, listingOf } from '../../product/artifacts/listing.ts';
import { type Place, placesOf } from '../../product/artifacts/places.ts';
import { remoteArtifactsOf, storesOf } from '../../product/artifacts/remote.ts';
import { listingPod, type Looking } from '../../product/artifacts/pods.ts';
import { readObjects } from '../cluster/objects.ts';
import { type Invocation, Refused, type Run } from '../command.ts';
import { styled, text } from '../output/text.ts';
import { findClaims } from './claims.ts';
import { NotInImage, runPod } from './pod.ts';
import { show } from './show.ts';
import { showRemote } from './showremote.ts';

/** Shows what lies in the folders of a run. */
export const artifacts: Run = async (invocation: Invocation) => {
  const cluster = invocation.cluster();
  const { options, err } = invocation;
  const [word = ''] = invocation.words;
  const key = { namespace: cluster.namespace, name: word.replace(/^(?:trun|trainingruns?)\//, '') };
  const run = await cluster.client.get(trainingRuns, key);
  if (run === undefined) throw new Refused(`there is no TrainingRun ${idOf(key)}`);
  const { objects, unread } = await readObjects(cluster, key.namespace);
  for (const { what, why } of unread) err.line(text`${styled('bad', 'not read:')} ${what}: ${why}`);
  const { places, node, notes } = await findClaims(cluster, key.namespace, placesOf(run, objects));
  for (const note of notes) err.line(text`${note}`);
  const remote = remoteArtifactsOf(run, objects);
  const stores = storesOf(run);
  if (remote.length + stores.length > 0) showRemote(invocation, remote, stores, places.length === 0);
  if (places.length === 0 && remote.length + stores.length > 0) return unread.length === 0 ? 0 : 1;
  if (places.length === 0)
    throw new Refused(
      `${key.name} keeps nothing: it has neither spec.output nor spec.checkpoint, or their claims are gone or have no volume yet`,
    );
  const image = typeof options['image'] === 'string' ? options['image'] : undefined;
  const { looking, listing } = await look(invocation, { run, image, node }, places);
  tellLacking(invocation, listing, places);
  const found = artifactsOf(run, objects, places, listing);
  show(invocation, looking, found, unread.length === 0);
  return unread.length === 0 && listing.isWhole ? 0 : 1;
};

/** By whichever program the image has. */
async function look(invocation: Invocation, at: Omit<Looking, 'language'>, places: readonly Place[]) {
  const timeout = timeoutOf(invocation);
  // Whoever names an image names a small one.
  const tries = at.image === undefined ? languages : languages.toReversed();
  for (const language of tries) {
    const looking: Looking = { ...at, language };
    const pod = listingPod(looking, places, suffix());
    tell(invocation, pod);
    try {
      return { looking, listing: listingOf(await runPod(invocation, pod, timeout)) };
    } catch (error) {
      if (!(error instanceof NotInImage)) throw error;
    }
  }
  const image = at.image ?? at.run.spec.image;
  throw new Refused(`image ${image} has neither python3 nor a shell: name one that has, such as --image busybox:1.37`);
}

function timeoutOf({ options }: Invocation): number {
  const wanted = String(options['timeout'] ?? '2m');
  const timeout = milliseconds(wanted);
  if (timeout === undefined) throw new Refused(`--timeout takes a length such as 2m, not "${wanted}"`, 2);
  return timeout;
}

function tell({ err }: Invocation, pod: IPod): void {
  const { namespace, name } = keyOf(pod);
  const claims = pod.spec?.volumes?.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
  const image = pod.spec?.containers[0]?.image;
  err.line(text`pod ${name} in ${namespace} lists ${claims?.join(', ')}, mounted read-only, with the image ${image}`);
}

function tellLacking({ err }: Invocation, listing: Listing, places: readonly Place[]): void {
  for (const index of listing.missing) {
    const place = places[index];
    if (place !== undefined) err.line(text`nothing was written to pvc://${place.claim}/${place.path} yet`);
  }
  if (listing.unreadable)
    err.line(text`${styled('bad', 'not read:')} folders whose user is another one; sizes are too small`);
  if (!listing.isWhole)
    err.line(text`${styled('bad', 'not read:')} all of it: the pod did not come to the end of its list`);
}

/** As the names of pods end. */
function suffix(): string {
  return Array.from({ length: 5 }, () => 'bcdfghjklmnpqrstvwxz2456789'[randomInt(27)]).join('');
}
