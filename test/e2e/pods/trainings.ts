/** Trainings whose pods have options, and those that use the platform team's hardware by its name. */
import type { IPod } from 'kubernetes-models/v1';
import { trainingRun } from '../outcomes/objects.ts';
import { named, type Place, summary } from '../outcomes/place.ts';
import { fabric, pool, priorityClass, runtimeClass, taint } from './node.ts';
import { container, given, pod, seen } from './options.ts';

const results = { path: '/tmp/seen.json', format: 'Metrics' } as const;
const look = { args: [results.path] };

/** Each option is seen from inside the container, or in the pod that runs. */
export async function everyOption(place: Place): Promise<void> {
  await place.apply(...given);
  await place.apply(trainingRun('everything', 0, { ...container, ...look, results, pod }));
  const ran = await podOf(place, 'everything-1-train-');
  for (const [what, holds] of Object.entries(inPod(ran))) place.expect(`the pod has ${what}`, holds);
  const version = await place.until('a version', ({ versions }) => named(versions, 'everything-1'));
  const found = version.spec.metrics ?? {};
  for (const [what, value] of Object.entries(seen)) {
    place.expect(`the program sees ${what}`, Number(found[what]) === Number(value), `${found[what]}, not ${value}`);
  }
  const edited = { ...pod, annotations: { 'example.com/owner': 'risk@example.com' } };
  await place.apply(trainingRun('everything', 0, { ...container, ...look, results, pod: edited }));
  const run = await place.until('the edited run to be looked at', ({ runs }) => {
    const one = named(runs, 'everything');
    return one?.status?.observedGeneration === 2 && one;
  });
  place.expect('an edit of what is no recipe trains nothing again', run.status?.attempts?.length === 1);
}

/** What an API server defaults or a scheduler reads cannot be seen from inside. */
function inPod({ metadata, spec }: IPod): Readonly<Record<string, boolean>> {
  const main = spec?.containers.find(({ name }) => name === 'main');
  const { requests, limits } = main?.resources ?? {};
  return {
    'its label': metadata?.labels?.['example.com/team'] === 'fraud',
    'its annotation': metadata?.annotations?.['example.com/owner'] === 'fraud@example.com',
    'its ServiceAccount': spec?.serviceAccountName === 'trainer',
    'its pull secret': spec?.imagePullSecrets?.[0]?.name === 'access',
    'its node selector': Object.entries(pool).every(([key, value]) => spec?.nodeSelector?.[key] === value),
    'its toleration': spec?.tolerations?.some(({ key, value }) => key === taint.key && value === taint.value) === true,
    'its affinity': spec?.affinity?.nodeAffinity !== undefined && spec.affinity.podAntiAffinity !== undefined,
    'its spread': spec?.topologySpreadConstraints?.length === 1,
    'its priority': spec?.priorityClassName === priorityClass && spec.priority === 1000,
    'its RuntimeClass': spec?.runtimeClassName === runtimeClass,
    'its grace period': spec?.terminationGracePeriodSeconds === 90,
    'a sidecar of Kubernetes’ own kind': spec?.initContainers?.some(isSidecar) === true,
    'requests below its limits':
      requests?.['cpu'] === '50m' && limits?.['cpu'] === '1' && requests['memory'] === '128Mi',
    'its further resource': limits?.[fabric] === '1',
    'a bound for the disk': limits?.['ephemeral-storage'] === '1Gi',
  };
}

const isSidecar = ({ name, restartPolicy }: { name: string; restartPolicy?: string }) =>
  name === 'beside' && restartPolicy === 'Always';

/** Nobody has to know the node: the accelerator's own taint is tolerated, and the profile says the rest. */
export async function byProfile(place: Place): Promise<void> {
  const accelerator = { profile: 'h100', count: 2 };
  await place.apply(trainingRun('profiled', 1, { accelerator }));
  const { spec } = await podOf(place, 'profiled-1-train-');
  const main = spec?.containers.find(({ name }) => name === 'main');
  place.expect('the profile says the RuntimeClass', spec?.runtimeClassName === runtimeClass);
  place.expect(
    'the profile says the resources',
    main?.resources?.limits?.[fabric] === '1',
    JSON.stringify(main?.resources),
  );
  place.expect('the profile says variables', main?.env?.some(({ name }) => name === 'NCCL_DEBUG') === true);
  await place.until('a version', ({ versions }) => named(versions, 'profiled-1'));
  await place.apply(trainingRun('plain', 1, { accelerator: { resource: 'nvidia.com/gpu', count: 1 } }));
  await place.until('a version of one that names the resource alone', ({ versions }) => named(versions, 'plain-1'));
  place.expect('an accelerator’s own taint is tolerated', true);
  await place.apply(trainingRun('unknown', 1, { accelerator: { profile: 'h200', count: 1 } }));
  const told = await place.until('words about the unknown profile', ({ runs }) => {
    const condition = summary(named(runs, 'unknown'));
    return condition?.reason === 'ProfileUnknown' && condition;
  });
  place.expect('those that there are, are told', told.message.includes('h100'), told.message);
}

/** No node takes a pod that tolerates nothing; who is told so writes a toleration, and no attempt is lost. */
export async function tainted(place: Place): Promise<void> {
  await place.apply(trainingRun('tainted', 1));
  const told = await place.until('words about the taint', ({ runs }) => {
    const condition = summary(named(runs, 'tainted'));
    return condition?.reason === 'Unschedulable' && condition;
  });
  place.expect('the taint and the field are told', /taint.*spec\.pod\.tolerations/.test(told.message), told.message);
  await place.apply(trainingRun('tainted', 1, { pod: { tolerations: [{ key: taint.key, operator: 'Exists' }] } }));
  const attempts = await place.until('the end of the attempt', ({ runs }) => {
    const { status } = named(runs, 'tainted') ?? {};
    return status?.latestVersion !== undefined && status.attempts;
  });
  const verdicts = attempts.map(({ verdict }) => verdict).join(', ');
  place.expect('the attempt that never ran gave way', verdicts === 'Superseded, Registered', verdicts);
}

export function podOf(place: Place, begin: string): Promise<IPod> {
  return place.until(`a pod ${begin}…`, ({ pods }) => pods.find(({ metadata }) => metadata?.name?.startsWith(begin)));
}
