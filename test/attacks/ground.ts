import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { Administrator } from '../faults/administrator.ts';
import { bundled } from '../faults/descriptions/flyball.ts';
import { Histories } from '../faults/history.ts';
import { createNode } from '../faults/node.ts';
import { applied, collection } from '../integration/apply.ts';
import { release, renderChart, type Rendered } from '../integration/chart.ts';
import { type Environment, startEnvironment } from '../integration/environment.ts';
import { type Operator, startLeader } from '../integration/faults/operator.ts';
import { startPrometheus } from '../integration/faults/prometheus.ts';
import { eventually } from '../integration/program.ts';
import { installMesh } from './mesh.ts';
import { People } from './person.ts';
import { profiles, values } from './profiles.ts';
import { recording, type RecordingPrometheus } from './recording.ts';
import { watched } from './kinds.ts';

const controllers = [
  'job-controller',
  'deployment-controller',
  'replicaset-controller',
  'statefulset-controller',
  'daemonset-controller',
  'replicationcontroller-controller',
  'garbage-collector-controller',
  'clusterrole-aggregation-controller',
  'disruption-controller',
];

const withoutProvenance = ['admission.provenance.enabled=false'];
const isPolicy = ({ kind }: Rendered) => kind.startsWith('ValidatingAdmissionPolicy');

/** What all attacks share: one cluster without nodes, the chart's rights and policies, and one operator at a time. */
export interface Ground {
  readonly environment: Environment;
  readonly administrator: Administrator;
  readonly people: People;
  readonly prometheus: RecordingPrometheus;
  readonly histories: Histories;
  readonly helm: string;
  /** Starts the operator as the chart starts it, with or without the policy about provenance. */
  startOperator(provenance: 'Admission' | 'Compare'): Promise<void>;
  stopOperator(): Promise<void>;
  /** Takes away what the chart does not install without the policy about provenance. */
  removeProvenance(): Promise<void>;
  stop(): Promise<void>;
}

export async function startGround(): Promise<Ground> {
  const { helm } = await ensureBinaries(['helm']);
  const environment = await startEnvironment({ controllers });
  const administrator = new Administrator(environment);
  const prometheus = recording(await startPrometheus());
  const people = new People(environment);
  const bundle = bundled(newDirectory(environment, 'bundle'));
  let operator: Operator | undefined;
  await install(environment, renderChart(helm, values));
  await createNode(administrator);
  await installMesh(administrator);
  const histories = await Histories.start(administrator, watched);
  const query = [{ name: 'main', url: prometheus.url, namespaces: ['somewhere-else'] }];
  return {
    environment,
    administrator,
    people,
    prometheus,
    histories,
    helm,
    startOperator: async (provenance) => {
      operator = await startLeader(environment, {
        bundle,
        settings: { queryTimeout: 1_000 },
        variables: {
          FLYBALL_PROVENANCE: provenance,
          FLYBALL_ACCELERATORS: JSON.stringify(profiles),
          FLYBALL_PROMETHEUS_URL: prometheus.url,
          FLYBALL_QUERY_SOURCES: JSON.stringify(query),
        },
      });
    },
    stopOperator: async () => {
      await operator?.stop();
      operator = undefined;
    },
    removeProvenance: () => removeProvenance(environment, helm),
    stop: async () => {
      await operator?.stop();
      histories.stop();
      await people.close();
      await prometheus.stop();
      await administrator.close();
      await environment.stop();
    },
  };
}

function newDirectory(environment: Environment, name: string): string {
  const path = join(environment.directory, name);
  mkdirSync(path, { recursive: true });
  return path;
}

async function install(environment: Environment, chart: readonly Rendered[]): Promise<void> {
  const wanted = /^(Cluster)?Role(Binding)?$/;
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: release.namespace } };
  const objects = chart.filter((object) => wanted.test(object.kind) || isPolicy(object));
  for (const object of [namespace, ...objects]) {
    const { status, body } = await applied(environment, object);
    if (status >= 300) throw new Error(`the chart's ${object.kind} is refused: ${JSON.stringify(body)}`);
  }
  await inEffect(environment, true);
}

async function removeProvenance(environment: Environment, helm: string): Promise<void> {
  const left = new Set(renderChart(helm, withoutProvenance).map(nameOf));
  const gone = renderChart(helm).filter((object) => isPolicy(object) && !left.has(nameOf(object)));
  for (const object of gone.toReversed()) {
    const path = `${await collection(environment, object)}/${object.metadata.name}`;
    await environment.request('DELETE', path);
  }
  await inEffect(environment, false);
}

function nameOf({ kind, metadata }: Rendered): string {
  return `${kind} ${metadata.name}`;
}

/** Policies take effect a moment after they were written. */
async function inEffect(environment: Environment, wanted: boolean): Promise<void> {
  const labels = { 'app.kubernetes.io/managed-by': 'flyball' };
  const probe = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'probe', labels },
    spec: { ports: [{ port: 80 }] },
  };
  const isRefused = async () => {
    const path = '/api/v1/namespaces/default/services?dryRun=All';
    return (await environment.request('POST', path, { body: probe })).status === 403;
  };
  const isSo = await eventually(async () => (await isRefused()) === wanted, { limitMs: 15_000 });
  if (!isSo) console.error(`The policy about provenance ${wanted ? 'does not take' : 'goes on taking'} effect.`);
}
