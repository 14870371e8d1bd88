/** Pods and containers killed at moments that the seed gives, while they fetch and save. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IPod } from 'kubernetes-models/v1';
import { layoutOf } from '../../../hack/cluster/local/layout.ts';
import { isReady, named, type Place } from '../outcomes/place.ts';
import type { Round } from '../suite.ts';
import { kill, runs } from './interrupted.ts';
import { modelDeployment, secretOf, served, trainingRun } from './objects.ts';
import type { World } from './world.ts';

/** In MiB: fetching and saving last for seconds. */
const size = '128';
/** A transfer is killed between nothing and this long after it was seen to run, in milliseconds. */
const longestLife = 3_000;
const each = 10;

/** Ten models are saved and then fetched, side by side, and each transfer is killed once: its container, or its pod. */
export async function killed(place: Place, { s3, shelf }: World, { cluster, seed }: Round): Promise<void> {
  const { uri, digest } = await shelf.dataset(s3, `${place.namespace}/data`);
  const names = Array.from({ length: each }, (_, index) => `model-${'abcdefghij'[index]}`);
  const run = (name: string) =>
    trainingRun(name, name, {
      datasets: [{ name: 'train', uri, digest }],
      output: { uri: `${s3.root}/${place.namespace}/models` },
      parameters: { size },
      retry: { limit: 3 },
    });
  await place.apply(secretOf([s3]), ...names.map(run));
  const killing = { cluster: cluster.name, seed };
  const saves = await Promise.all(names.map((name, index) => killOnce(place, name, 'save', { ...killing, index })));
  const wrong = await Promise.all(
    names.map(async (name) => {
      const version = await place.until(`${name}-1`, ({ versions }) => named(versions, `${name}-1`));
      const own = await shelf.measured(s3, version.spec.uri ?? '');
      return version.spec.digest === own ? [] : [`${version.spec.uri}: ${version.spec.digest}, here ${own}`];
    }),
  );
  const of = (kills: readonly string[]) => kills.filter((kill) => kill !== '').join(', ');
  place.expect('each version is whole whenever who saved it was killed', wrong.flat().length === 0, of(saves));
  wrong.flat().forEach((line) => place.expect('a version is whole', false, line));

  await place.apply(...names.map((name) => modelDeployment(name, { versionRef: { name: `${name}-1` } })));
  const index = each;
  const fetches = await Promise.all(
    names.map((name, at) => killOnce(place, name, 'fetch', { ...killing, index: index + at })),
  );
  const said = await Promise.all(names.map((name) => served(place, name).then(() => judged(place, name))));
  const isWhole = said.every((words, at) => words === `${names[at]} whole`);
  place.expect(
    'each server has a whole model whenever who fetched it was killed',
    isWhole,
    `${of(fetches)}: ${said.join(', ')}`,
  );
  const kills = [...saves, ...fetches].filter((kill) => kill !== '').length;
  place.expect('most of the transfers were killed', kills >= each, `${kills} of ${2 * each}, seed ${seed}`);
}

interface Killing {
  readonly cluster: string;
  readonly seed: number;
  readonly index: number;
}

/** Kills a container that moves artifacts, or its pod, at a moment of its life; what was killed, or nothing if it was too late. */
async function killOnce(place: Place, owner: string, container: string, killing: Killing): Promise<string> {
  const { cluster, seed, index } = killing;
  const isOwn = ({ metadata }: IPod) => Object.values(metadata?.labels ?? {}).includes(owner);
  const pod = await place.until(`${container} of ${owner}`, ({ pods }) =>
    pods.find((one) => isOwn(one) && runs(one, container)),
  );
  const after = Math.round(fraction(seed, index) * longestLife);
  await sleep(after);
  const isKilled = index % 2 === 0 ? signal(cluster, pod, container) : await gone(place, pod);
  return isKilled ? `${index % 2 === 0 ? 'container' : 'pod'} after ${after} ms` : '';
}

/** What the server of a deployment says of its model. */
async function judged({ sight, kubectl, namespace }: Place, name: string): Promise<string> {
  const pod = sight.pods.find((one) => isReady(one) && one.metadata?.labels?.['flyball.dev/model-deployment'] === name);
  const path = `/api/v1/namespaces/${namespace}/pods/${pod?.metadata?.name}:8080/proxy/judged`;
  return (await kubectl.run(['get', '--raw', path])).trim();
}

async function gone(place: Place, { metadata }: IPod): Promise<boolean> {
  return kill(place, metadata?.name ?? '').then(
    () => true,
    () => false,
  );
}

/** Ends the program of a container as the kernel does where memory is short. */
function signal(cluster: string, { metadata }: IPod, container: string): boolean {
  const uid = metadata?.uid ?? '';
  const pid = processes().find((one) => {
    const group = read(`/proc/${one}/cgroup`);
    const command = read(`/proc/${one}/cmdline`).split('\0');
    return (
      group.includes(layoutOf(cluster).cgroup) &&
      group.includes(uid) &&
      command.includes('/app/transfer.mjs') &&
      command.includes(container)
    );
  });
  if (pid === undefined) return false;
  process.kill(pid, 'SIGKILL');
  return true;
}

function processes(): readonly number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
}

/** Nothing of a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The same number between 0 and 1 for the same seed and position. */
function fraction(seed: number, position: number): number {
  return createHash('sha256').update(`${seed}/${position}`).digest().readUInt32BE(0) / 2 ** 32;
}
