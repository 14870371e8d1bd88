import { setTimeout as sleep } from 'node:timers/promises';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { INode, IPod } from 'kubernetes-models/v1';
import type { Cluster } from '../../hack/cluster/cluster.ts';
import { Kubectl } from '../../hack/loop/kubectl.ts';
import { findCondition } from '../../src/api/condition.ts';
import type { ITrainingRun } from '../../src/api/types.ts';
import type { Report } from './report.ts';
import type { Suite } from './suite.ts';

const resource = 'example.com/scarce';
const namespaces = ['gangs-a', 'gangs-b'] as const;
/** Twice as long as it takes if both try again at the same time once. */
const minutes = 12;

/** Two gangs of which each holds half of what it needs, and both end. */
export const gangs: Suite = {
  title: 'two gangs, each on half of the accelerators that it needs: both end',
  images: ['gang'],
  installs: 'flyball',
  quick: 'beside',
  play: ({ cluster, report }) => checkGangs(cluster, report),
};

interface Seen {
  /** The reasons of Succeeded, in the order in which they were first seen. */
  readonly reasons: Set<string>;
  givenBack: number;
  message: string;
  run?: ITrainingRun;
}

async function checkGangs(cluster: Cluster, report: Report): Promise<void> {
  const kubectl = new Kubectl(cluster);
  await advertise(kubectl);
  for (const namespace of namespaces) await begin(kubectl, namespace);
  const places = async () => (await Promise.all(namespaces.map((namespace) => placed(kubectl, namespace)))).flat();
  await until(async () => (await places()).length === 2);
  // From now on each holds half, and the other half of each has no place.
  for (const namespace of namespaces) await kubectl.run(['delete', 'resourcequota', 'one', '--namespace', namespace]);
  const began = performance.now();
  const seen = namespaces.map((): Seen => ({ reasons: new Set(), givenBack: 0, message: '' }));
  await until(async () => {
    for (const [index, namespace] of namespaces.entries()) await look(kubectl, namespace, seen[index]);
    return seen.every(({ run }) => statusOf(run) === 'True');
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  const told = seen.map(({ reasons, message }) => `${[...reasons].join(' → ')}: ${message}`).join('\n');
  const times = seen.map(({ givenBack }) => givenBack).join(' and ');
  report.record(
    'Two gangs on half of what they need both end',
    seen.every(isRegistered),
    `${seconds} s, gave back ${times} times\n${told}`,
  );
  report.record(
    'Each said that it waits, as a gang',
    seen.every(({ reasons }) => reasons.has('GangWaits')),
    told,
  );
  report.record(
    'One of them gave back what it held',
    seen.some(({ givenBack }) => givenBack > 0),
    times,
  );
  const jobs = await Promise.all(namespaces.map((namespace) => kubectl.list<IJob>('jobs', namespace)));
  const names = jobs.flat().map(({ metadata }) => metadata?.name);
  report.record(
    'It counts for nothing: each has one attempt and one Job',
    names.every((name) => name === 'digits-1-train') && names.length === 2,
    names.join(', '),
  );
}

/** Accelerators that nobody else asks for, as a device plugin would tell of them. */
async function advertise(kubectl: Kubectl): Promise<void> {
  const { items } = JSON.parse(await kubectl.run(['get', 'nodes', '--output', 'json'])) as { items: INode[] };
  const status = JSON.stringify({ status: { capacity: { [resource]: '8' }, allocatable: { [resource]: '8' } } });
  const name = items[0]?.metadata?.name ?? '';
  await kubectl.run(['patch', 'node', name, '--subresource=status', '--type=merge', `--patch=${status}`]);
}

/** A run whose Job can have one pod at first, so that none of the two is quicker. */
async function begin(kubectl: Kubectl, namespace: string): Promise<void> {
  await kubectl.run(['create', 'namespace', namespace]);
  await kubectl.run(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted']);
  await kubectl.run(['create', 'quota', 'one', '--hard=pods=1', '--namespace', namespace]);
  const run = {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'TrainingRun',
    metadata: { name: 'digits', namespace },
    spec: {
      image: 'localhost/flyball/gang:0.1.0',
      args: ['/app/train.py'],
      nodes: 2,
      gangWait: '1m',
      resources: { memory: '1Gi' },
      accelerator: { resource, count: 4 },
      parameters: { steps: '300', learning_rate: '0.5' },
      seed: 42,
    },
  };
  await kubectl.run(['apply', '--server-side', '--filename', '-'], JSON.stringify(run));
}

async function placed(kubectl: Kubectl, namespace: string): Promise<readonly IPod[]> {
  return (await kubectl.list<IPod>('pods', namespace)).filter(({ spec }) => spec?.nodeName !== undefined);
}

async function look(kubectl: Kubectl, namespace: string, seen: Seen | undefined): Promise<void> {
  const [run] = await kubectl.list<ITrainingRun>('trainingruns', namespace);
  if (seen === undefined || run === undefined) return;
  const summary = findCondition(run.status?.conditions, 'Succeeded');
  const gang = run.status?.attempts?.at(-1)?.stages?.at(-1)?.gang;
  seen.run = run;
  seen.reasons.add(summary?.reason ?? '');
  seen.givenBack = Math.max(seen.givenBack, gang?.givenBack ?? 0);
  if (summary?.reason === 'GangWaits') seen.message = summary.message;
}

function statusOf(run: ITrainingRun | undefined): string | undefined {
  return findCondition(run?.status?.conditions, 'Succeeded')?.status;
}

function isRegistered({ run }: Seen): boolean {
  const [attempt, ...others] = run?.status?.attempts ?? [];
  return attempt?.verdict === 'Registered' && others.length === 0;
}

/** Waits as long as that may take; what is so then is what is reported. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + minutes * 60_000;
  while (!(await isSo()) && Date.now() < deadline) await sleep(1000);
}
