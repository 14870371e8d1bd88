/** What a cluster has besides the API server: the real scheduler and controllers, and nodes and kubelets that kwok plays. */
import { writeFileSync } from 'node:fs';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { gpuResource } from '../../hack/cluster/gpus.ts';
import { label } from '../../src/api/labels.ts';
import { type Program, startProgram } from '../integration/program.ts';
import type { Cluster } from './cluster.ts';
import { driverConnections } from './driver.ts';
import { results } from './objects.ts';
import { atWidth } from './pace.ts';

/** How long a training seems to take, at least and at most. */
const training = { durationMilliseconds: 2_000, jitterDurationMilliseconds: 4_000 };

/** Clusters of this size raise the controllers' limits, by default 20 and 50 requests per second. */
const requestsPerSecond = 1_000;

/** Starts the rest of a cluster with so many nodes of eight GPUs. Returns what ends it. */
export async function startNodes(cluster: Cluster, count: number): Promise<() => Promise<void>> {
  const paths = await ensureBinaries(['kube-controller-manager', 'kube-scheduler', 'kwok']);
  const { file } = cluster;
  writeFileSync(file('scheduler.json'), JSON.stringify(schedulerConfiguration(cluster)));
  writeFileSync(file('stages.json'), stages.map((stage) => JSON.stringify(stage)).join('\n---\n'));
  await createNodes(cluster, count);
  const { kubeconfig } = cluster.environment;
  const commands = {
    'kube-controller-manager': [
      `--kubeconfig=${kubeconfig}`,
      // Nodes that no kubelet reports for would be taken for lost.
      '--controllers=*,-node-lifecycle-controller',
      '--leader-elect=false',
      '--secure-port=0',
      `--kube-api-qps=${requestsPerSecond}`,
      `--kube-api-burst=${2 * requestsPerSecond}`,
    ],
    'kube-scheduler': [`--config=${file('scheduler.json')}`, '--secure-port=0'],
    kwok: [
      `--kubeconfig=${kubeconfig}`,
      `--config=${file('stages.json')}`,
      '--manage-all-nodes=true',
      // Nobody reads the nodes' leases here.
      '--node-lease-duration-seconds=0',
    ],
  };
  const programs: Program[] = [];
  for (const [name, args] of Object.entries(commands)) {
    programs.push(startProgram(paths[name as keyof typeof commands], args, file(`${name}.log`)));
  }
  return async () => {
    await Promise.all(programs.map((program) => program.stop()));
  };
}

/** Ready from the start. Each is tainted as not ready when it is created, which the node lifecycle controller would undo. */
async function createNodes({ driver }: Cluster, count: number): Promise<void> {
  const allocatable = { cpu: '64', memory: '512Gi', pods: '110', [gpuResource]: '8' };
  const status = { capacity: allocatable, allocatable, conditions: [{ type: 'Ready', status: 'True' }] };
  await atWidth(count, driverConnections, async (index) => {
    const metadata = { name: `gpu-${index}` };
    await driver.write('POST', '/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata, status });
    await driver.write('PATCH', `/api/v1/nodes/${metadata.name}`, { spec: { taints: null } });
  });
}

function schedulerConfiguration({ environment }: Cluster): object {
  return {
    apiVersion: 'kubescheduler.config.k8s.io/v1',
    kind: 'KubeSchedulerConfiguration',
    clientConnection: {
      kubeconfig: environment.kubeconfig,
      qps: requestsPerSecond,
      burst: 2 * requestsPerSecond,
    },
    leaderElection: { leaderElect: false },
  };
}

interface Expression {
  /** In the language of jq. */
  readonly key: string;
  readonly operator: 'Exists' | 'DoesNotExist' | 'In' | 'NotIn';
  readonly values?: readonly string[];
}

const stage = (kind: 'Node' | 'Pod', name: string, matchExpressions: readonly Expression[], spec: object): object => ({
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name },
  spec: { resourceRef: { apiGroup: 'v1', kind }, selector: { matchExpressions }, ...spec },
});

const trainingIn = (phase: string): readonly Expression[] => [
  { key: `.metadata.labels["${label.trainingRun}"]`, operator: 'Exists' },
  { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
  { key: '.status.phase', operator: 'In', values: [phase] },
];

const isReady = '.status.conditions.[] | select( .type == "Ready" ) | .status';

/** What a kubelet writes: the container runs, and later it has ended well with the results as its termination message. */
const stages: readonly object[] = [
  // Nodes are made ready, but kwok plays the pods only of nodes that it plays too.
  stage('Node', 'node-is-ready', [{ key: isReady, operator: 'NotIn', values: ['True'] }], {
    next: { statusTemplate: 'conditions: [{type: Ready, status: "True"}]' },
  }),
  stage('Pod', 'training-runs', trainingIn('Pending'), {
    next: {
      statusTemplate: `
phase: Running
startTime: {{ Now | Quote }}
conditions:
- {type: Initialized, status: "True", lastTransitionTime: {{ Now | Quote }}}
- {type: ContainersReady, status: "True", lastTransitionTime: {{ Now | Quote }}}
- {type: Ready, status: "True", lastTransitionTime: {{ Now | Quote }}}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: {{ .image | Quote }}
  ready: true
  started: true
  restartCount: 0
  state: {running: {startedAt: {{ Now | Quote }}}}
{{ end }}`,
    },
  }),
  stage('Pod', 'training-ends', trainingIn('Running'), {
    delay: training,
    next: {
      statusTemplate: `
phase: Succeeded
conditions:
- {type: ContainersReady, status: "False", reason: PodCompleted, lastTransitionTime: {{ Now | Quote }}}
- {type: Ready, status: "False", reason: PodCompleted, lastTransitionTime: {{ Now | Quote }}}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: {{ .image | Quote }}
  ready: false
  started: false
  restartCount: 0
  state:
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ Now | Quote }}
      finishedAt: {{ Now | Quote }}
      message: '${results}'
{{ end }}`,
    },
  }),
];
