import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { findCondition } from '../../src/api/condition.ts';
import type { ITrainingRun, TrainingRunSpec } from '../../src/api/types.ts';
import { apiVersion } from '../../src/api/labels.ts';
import type { Cluster } from '../../hack/cluster/cluster.ts';
import { buildImage } from '../../hack/images/build.ts';
import { Kubectl } from '../../hack/loop/kubectl.ts';
import type { Report } from './report.ts';

const namespace = 'bad-input';
const minutes = 4;

interface Mistake {
  readonly spec: Partial<TrainingRunSpec>;
  readonly wantReason: string;
  readonly wantMessage: RegExp;
}

const python = (program: string) => ({ command: ['/usr/bin/python3', '-c', program] });

/** What users get wrong and what a real kubelet and scheduler make of it; the integration tests have the rest. */
const mistakes: Readonly<Record<string, Mistake>> = {
  'image-that-nobody-has': {
    spec: { image: 'localhost/flyball/no-such-image:1' },
    wantReason: 'ImagePullFailed',
    wantMessage: /image localhost\/flyball\/no-such-image:1 cannot be pulled.*kubectl -n bad-input/,
  },
  'command-that-exits-1': {
    spec: python('raise SystemExit("no column named amount")'),
    wantReason: 'CommandFailed',
    wantMessage: /exit code 1.*kubectl -n bad-input logs command-that-exits-1-1-train-\w+ -c main/,
  },
  'command-that-is-not-there': {
    spec: { command: ['/no/such/program'] },
    wantReason: 'CommandNotStarted',
    wantMessage: /could not start.*spec\.command/,
  },
  'more-memory-than-allowed': {
    spec: { ...python('x = bytearray(512 << 20); x[::4096] = bytes(len(x[::4096]))'), resources: { memory: '64Mi' } },
    wantReason: 'OutOfMemory',
    wantMessage: /limit of 64Mi.*spec\.resources\.memory/,
  },
  'accelerator-that-no-node-has': {
    spec: { accelerator: { resource: 'nvidia.com/gpu', count: 1, product: 'NVIDIA-B300' } },
    wantReason: 'Unschedulable',
    wantMessage: /no node .*has the label nvidia\.com\/gpu\.product=NVIDIA-B300.*spec\.accelerator/,
  },
  'more-accelerators-than-there-are': {
    spec: { accelerator: { resource: 'nvidia.com/gpu', count: 64 } },
    wantReason: 'Unschedulable',
    wantMessage: /no node has 64 × nvidia\.com\/gpu, be it empty\. Edit spec\.accelerator/,
  },
  'claim-that-is-missing': {
    spec: { output: { uri: 'pvc://nowhere/models' } },
    wantReason: 'ClaimMissing',
    wantMessage: /PersistentVolumeClaim nowhere does not exist.*kubectl -n bad-input get pvc/,
  },
  'secret-that-is-missing': {
    spec: { env: [{ name: 'TOKEN', secretKeyRef: { name: 'nothing', key: 'token' } }] },
    wantReason: 'SecretMissing',
    wantMessage: /Secret nothing does not exist\. Create it/,
  },
  'metric-that-is-not-a-number': {
    spec: python('import os; open(os.environ["FLYBALL_RESULTS"], "w").write(\'{"metrics": {"f1": NaN}}\')'),
    wantReason: 'ResultsMalformed',
    wantMessage: /f1/,
  },
};

/** Every mistake is answered by a condition that says what is wrong, which field, and the next command. */
export async function checkBadInput(cluster: Cluster, report: Report): Promise<void> {
  const kubectl = new Kubectl(cluster);
  const { reference } = await buildImage('workload');
  await kubectl.run(['create', 'namespace', namespace]);
  await kubectl.run(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted']);
  const runs = Object.entries(mistakes).map(([name, { spec }]) => ({
    apiVersion,
    kind: 'TrainingRun',
    metadata: { name, namespace },
    spec: { image: reference, ...python('print()'), ...spec },
  }));
  await kubectl.run(['apply', '--server-side', '--filename', '-'], runs.map((run) => stringify(run)).join('---\n'));

  const open = new Map(Object.entries(mistakes));
  const deadline = Date.now() + minutes * 60_000;
  for (;;) {
    const isLast = Date.now() > deadline;
    for (const run of await kubectl.list<ITrainingRun>('trainingruns', namespace)) {
      const name = run.metadata?.name ?? '';
      const mistake = open.get(name);
      const summary = findCondition(run.status?.conditions, 'Succeeded');
      if (!mistake || (summary?.reason !== mistake.wantReason && !isLast)) continue;
      const isRight = summary?.reason === mistake.wantReason && mistake.wantMessage.test(summary.message);
      report.record(`Answers ${name.replaceAll('-', ' ')}`, isRight, `${summary?.reason}: ${summary?.message}`);
      open.delete(name);
    }
    if (open.size === 0 || isLast) return;
    await sleep(1000);
  }
}
