import { setTimeout as sleep } from 'node:timers/promises';
import type { IModelVersion, ITrainingRun } from '../../src/api/types.ts';
import type { Cluster } from '../../hack/cluster/cluster.ts';
import { example } from '../../hack/loop/install.ts';
import { Kubectl } from '../../hack/loop/kubectl.ts';
import type { Report } from './report.ts';

const namespace = 'gang';
const minutes = 6;

/** Two pods train one model together; the first reports for both. */
export async function checkGang(cluster: Cluster, report: Report): Promise<void> {
  const kubectl = new Kubectl(cluster);
  await kubectl.run(['create', 'namespace', namespace]);
  await kubectl.run(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted']);
  const manifest = `${example('gang')}/trainingrun.yaml`;
  await kubectl.run(['apply', '--server-side', '--namespace', namespace, '--filename', manifest]);
  const deadline = Date.now() + minutes * 60_000;
  while (Date.now() < deadline) {
    const [version] = await kubectl.list<IModelVersion>('modelversions', namespace);
    if (version) {
      const { metrics } = version.spec;
      report.record('Two pods train one model', Number(metrics['processes']) === 2, JSON.stringify(metrics));
      return;
    }
    await sleep(1000);
  }
  const [run] = await kubectl.list<ITrainingRun>('trainingruns', namespace);
  report.record('Two pods train one model', false, JSON.stringify(run?.status));
}
