import { image, pod, trainingRun } from './objects.ts';
import { sendFromNowOn } from './injection.ts';
import { named, type Place, summary } from './place.ts';

/** An attempt whose program never ran does not stand in the way of the recipe's correction. */
export async function correctImage(place: Place): Promise<void> {
  const name = 'corrected';
  await place.apply(trainingRun(name, 1, { image: 'localhost/flyball/no-such-image:1' }));
  const told = await place.until('the condition of an image that cannot be pulled', ({ runs }) => {
    const condition = summary(named(runs, name));
    return condition?.reason === 'ImagePullFailed' && condition;
  });
  place.expect('the image is named', told.message.includes('localhost/flyball/no-such-image:1'), told.message);
  await place.apply(trainingRun(name, 1, { image }));
  await place.until('a version of the corrected recipe', ({ versions }) => named(versions, `${name}-2`));
  const run = await place.until('Succeeded of the corrected recipe', ({ runs }) => {
    const seen = named(runs, name);
    return summary(seen)?.status === 'True' && seen;
  });
  const [first] = run.status?.attempts ?? [];
  const verdict = `${first?.name}: ${first?.verdict}, ${first?.message ?? ''}`;
  place.expect('the attempt that never ran is superseded', String(first?.verdict) === 'Superseded', verdict);
  const jobs = place.sight.jobs.map(({ metadata }) => metadata?.name);
  place.expect('its Job is gone', !jobs.includes(`${name}-1-train`), jobs.join(', '));
}

/**
 * The kubelet refuses a pod that comes to a node on which other pods have what it asks for. A scheduler that is behind does that;
 * here a policy names the node.
 */
export async function refuseByKubelet(place: Place): Promise<void> {
  const name = 'refused';
  const accelerators = (count: number) => ({ 'nvidia.com/gpu': String(count) });
  const [node] = await place.kubectl.list<{ metadata: { name: string } }>('nodes', 'default');
  await place.apply(
    pod('holder', {
      command: ['/usr/bin/python3', '-c', 'import time; time.sleep(3600)'],
      resources: { limits: accelerators(6) },
    }),
  );
  await place.until(
    'the pod that holds accelerators',
    ({ pods }) => named(pods, 'holder')?.status?.phase === 'Running',
  );
  await sendFromNowOn(place, node?.metadata.name ?? '');
  await place.apply(trainingRun(name, 1, { accelerator: { resource: 'nvidia.com/gpu', count: 4 } }));
  const refused = await place.until('a pod that the kubelet refuses', ({ pods }) =>
    pods.find(({ metadata, status }) => metadata?.name?.startsWith(name) && status?.phase === 'Failed'),
  );
  const { reason, message } = refused.status ?? {};
  place.expect('the kubelet refused a pod', reason?.startsWith('OutOf') ?? false, `${reason}: ${message}`);
  const says = () => summary(named(place.sight.runs, name))?.message ?? '';
  const isTold = await place.until('words about the refusal', () => says().includes('OutOf')).catch(() => false);
  place.expect('the refusal is told', isTold, says());
  await place.kubectl.run(['delete', 'pod', 'holder', '--namespace', place.namespace]);
  await place.until('a version, once there is room', ({ versions }) => named(versions, `${name}-1`));
  const run = named(place.sight.runs, name);
  place.expect('it is one attempt', run?.status?.attempts?.length === 1, `${run?.status?.attempts?.length} attempts`);
}
