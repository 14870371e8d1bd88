/** A server of another project comes to serve, is replaced by a canary, goes back and grows, while clients ask it all the time. */
import { isDeepStrictEqual } from 'node:util';
import type { IPod } from 'kubernetes-models/v1';
import { label } from '../../../src/api/labels.ts';
import { endsOf, pod } from '../outcomes/objects.ts';
import { isReady, named, type Place, summary } from '../outcomes/place.ts';
import { monitor, prerequisites, versionOf } from './objects.ts';
import { clients, program, type Server, urlOf } from './server.ts';

export async function wholeLife(place: Place, server: Server, form: 'quick' | 'whole'): Promise<void> {
  await served(place, server, 1);
  await beginLoad(place, server);
  if (form === 'whole') await beginStreams(place, server);
  const first = revisionOf(place);
  const second = await canary(place, server);
  await answersRight(place, server, 2);
  if (server.model === 'run' && form === 'whole') await drift(place, server);
  await rollback(place, second, first);
  await answersRight(place, server, 1);
  await scale(place);
  if (form === 'whole') await endStreams(place, server);
  await endLoad(place);
}

export async function served(place: Place, server: Server, version: number): Promise<void> {
  await place.apply(...prerequisites(server));
  if (server.model === 'claim')
    await place.until('models', ({ pods }) => named(pods, 'writer')?.status?.phase === 'Succeeded');
  await place.apply(...versionOf(server, version));
  if (server.model === 'run') await place.until('a version', ({ versions }) => named(versions, 'model-1'));
  await serves(place, (revision) => revision !== undefined);
  await answersRight(place, server, version);
}

/** Waits until the ModelDeployment serves, and nothing is being rolled out. */
function serves(place: Place, isIt: (revision: string | undefined) => boolean): Promise<unknown> {
  return place.until('a model that serves', ({ deployments }) => {
    const deployment = named(deployments, 'model');
    const { stable, candidate, observedGeneration } = deployment?.status ?? {};
    const isCurrent = observedGeneration === deployment?.metadata?.generation && candidate === undefined;
    return isCurrent && summary(deployment)?.status === 'True' && isIt(stable?.revision);
  });
}

const revisionOf = ({ sight }: Place) => named(sight.deployments, 'model')?.status?.stable?.revision ?? '';

/** The clients of other projects are answered right, through the Service. */
async function answersRight(place: Place, server: Server, version: number): Promise<void> {
  const { image, command } = server.asking(urlOf(place));
  const answers = await ended(place, { image, command });
  const right = server.right(version);
  place.expect(
    `clients of other projects are answered right by version ${version}`,
    isDeepStrictEqual(answers, right),
    `${JSON.stringify(answers)}, right is ${JSON.stringify(right)}`,
  );
}

let asked = 0;

/** Runs a program to its end and returns the last line that it printed. */
export async function ended(place: Place, container: Parameters<typeof pod>[1]): Promise<unknown> {
  const name = `client-${asked++}`;
  await place.apply(pod(name, container, { restartPolicy: 'Never' }));
  await place.until(`the end of ${name}`, ({ pods }) =>
    ['Succeeded', 'Failed'].includes(named(pods, name)?.status?.phase ?? ''),
  );
  const log = await place.logs(`pod/${name}`);
  try {
    return JSON.parse(log.trim().split('\n').at(-1) ?? '');
  } catch {
    throw new Error(`${name} printed: ${log.slice(-1000)}`);
  }
}

const endsIn = async (place: Place, name = 'load') => endsOf(await place.logs(`pod/${name}`).catch(() => ''));

async function beginLoad(place: Place, { load }: Server): Promise<void> {
  await place.apply(pod('load', program(clients, 'load', `${urlOf(place)}${load.path}`, load.body, '3')));
  await place.until('answers', async () => ((await endsIn(place))['answered'] ?? 0) > 10);
}

/** Whatever else went on. */
async function endLoad(place: Place): Promise<void> {
  const { sent = 0, answered = 0, ...failed } = await endsIn(place);
  const isWhole = Object.keys(failed).length === 0 && answered > 50 && sent - answered < 100;
  place.expect('no request failed', isWhole, `${sent} sent, ${answered} answered, failed: ${JSON.stringify(failed)}`);
}

/** One after the other, so that there is always one which a pod that has to end must finish. */
async function beginStreams(place: Place, { streams }: Server): Promise<void> {
  if (streams === undefined) return;
  await place.apply(pod('streams', program(clients, 'streams', streams, urlOf(place))));
  await place.until('a stream', async () => ((await endsIn(place, 'streams'))['begun'] ?? 0) > 0);
}

async function endStreams(place: Place, { streams }: Server): Promise<void> {
  if (streams === undefined) return;
  // Those that began before the canary have lasted through all of it.
  await place.until('the end of two streams', async () => ((await endsIn(place, 'streams'))['whole'] ?? 0) > 1);
  const { begun = 0, whole = 0, ...cut } = await endsIn(place, 'streams');
  const isWhole = Object.keys(cut).length === 0;
  place.expect('no stream was cut', isWhole, `${begun} begun, ${whole} whole, others: ${JSON.stringify(cut)}`);
}

const isServer = ({ metadata }: IPod) => metadata?.labels?.[label.modelDeployment] === 'model';

/** Half of the requests go to the new version, and all of them once its checks have passed. */
async function canary(place: Place, server: Server): Promise<string> {
  const before = revisionOf(place);
  await place.apply(...versionOf(server, 2));
  await place.until('a canary', ({ deployments }) => named(deployments, 'model')?.status?.candidate?.weight === 50);
  await serves(place, (revision) => revision !== undefined && revision !== before);
  const { stable } = named(place.sight.deployments, 'model')?.status ?? {};
  const values = stable?.steps?.flatMap((step) => step.values ?? []) ?? [];
  const measured = values.filter(({ value }) => value !== undefined).map(({ name, value }) => `${name} ${value}`);
  const isChecked = ['errors', 'latency'].every((name) => measured.some((one) => one.startsWith(name)));
  place.expect('the canary was promoted by its errors and its latency', isChecked, measured.join(', '));
  return stable?.revision ?? '';
}

/** The check passes while numbers come in as they did in training, and fails once others do. */
async function drift(place: Place, { load }: Server): Promise<void> {
  const verdict = (status: 'True' | 'False') =>
    place.until(`a check that is ${status}`, ({ monitors }) => {
      const condition = named(monitors, 'model')?.status?.conditions?.find(({ type }) => type === 'ChecksPassed');
      return condition?.status === status && condition;
    });
  await place.apply(monitor);
  const { message } = await verdict('True');
  place.expect('nothing drifts while the input is as it was', true, message);
  const other = program(clients, 'load', `${urlOf(place)}${load.path}`, load.body.replace('%x', '5%x'), '20');
  await place.apply(pod('drifting', other));
  const told = await verdict('False');
  place.expect('drift is seen once it is another one', told.message.includes('drift'), told.message);
  const { sent: _, answered = 0, ...failed } = await endsIn(place, 'drifting');
  place.expect('no request of these failed', Object.keys(failed).length === 0 && answered > 0, JSON.stringify(failed));
  await place.kubectl.run(['delete', 'pod', 'drifting', '--namespace', place.namespace]);
}

async function rollback(place: Place, second: string, first: string): Promise<void> {
  await patch(place, { rollout: { abortedRevision: second } });
  // What was declared by its uri is told as rejected from then on; what follows a run is content with the version before.
  await place.until('the version before', ({ deployments }) => {
    const { stable, candidate } = named(deployments, 'model')?.status ?? {};
    return stable?.revision === first && candidate === undefined;
  });
  place.expect('people went back to the version before', true, first);
}

async function scale(place: Place): Promise<void> {
  const scaled = ['scale', 'mdep/model', '--replicas', '2', '--namespace', place.namespace];
  await place.kubectl.run(scaled);
  await place.until('two pods', ({ pods }) => pods.filter((one) => isServer(one) && isReady(one)).length === 2);
  place.expect('a second pod serves', true);
}

async function patch(place: Place, spec: object): Promise<void> {
  const body = JSON.stringify({ spec });
  await place.kubectl.run(['patch', 'mdep/model', '--namespace', place.namespace, '--type=merge', '--patch', body]);
}
