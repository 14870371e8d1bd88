import type { TrainingRunSpec } from '../../../src/api/types.ts';
import { trainingRun } from './objects.ts';
import { named, type Place } from './place.ts';

const trained = 0.95;

/** Evicts a pod halfway through a training that saves what it has and ends well: only what ran to its own end may count. */
export async function evictHalfway(
  place: Place,
  name: string,
  evicted: string,
  spec: Partial<TrainingRunSpec> = {},
): Promise<void> {
  await place.apply(trainingRun(name, 30, spec));
  const pod = await place.until(`a pod ${evicted}`, ({ pods }) =>
    pods.find(({ metadata }) => metadata?.name?.startsWith(evicted)),
  );
  const podName = pod.metadata?.name ?? '';
  // Not before its program would be told of the eviction.
  await place.until('the start of its program', async () =>
    (await place.logs(`pod/${podName}`).catch(() => '')).includes('training'),
  );
  await place.evict(podName);
  const version = await place.until(`a version of ${name}`, ({ versions }) => named(versions, `${name}-1`));
  const { jobs, runs, versions } = place.sight;
  const f1 = Number(version.spec.metrics['f1']);
  place.expect('what is registered was trained to the end', f1 === trained, `f1 ${f1}`);
  const again = named(jobs, `${name}-1-train-r1`);
  const isAfter =
    Date.parse(version.metadata?.creationTimestamp ?? '') >= Date.parse(again?.status?.completionTime ?? '');
  place.expect('the Job was made again, and the version is of that one', isAfter, jobNames(jobs));
  // Of an attempt two events tell on the way: where a busy node made its container wait, that was the second.
  const told = await place.until('an event', async () => {
    const onTheWay = (await place.events()).filter(({ reason }) => reason !== 'Registered');
    return (onTheWay.length === 2 || onTheWay.some(isDisrupted)) && onTheWay;
  });
  const waited = told.some(({ reason }) => reason === 'ContainerCreating');
  place.expect('an event tells it', waited || told.some(isDisrupted), told.map(({ note }) => note).join('\n'));
  const attempts = named(runs, name)?.status?.attempts ?? [];
  const numbers = `${attempts.length} attempts, ${versions.length} versions`;
  place.expect('it is one attempt with one version', attempts.length === 1 && versions.length === 1, numbers);
}

const isDisrupted = ({ reason }: { readonly reason: string }) => reason === 'Disrupted';

function jobNames(jobs: Place['sight']['jobs']): string {
  return jobs.map(({ metadata }) => metadata?.name).join(', ');
}
