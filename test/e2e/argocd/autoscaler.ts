/** Who scales a model that Argo CD keeps: Git, unless Argo CD is told to pass over it. */
import { stringify } from 'yaml';
import { apiVersion } from '../../../src/api/labels.ts';
import { waitFor } from '../../../hack/cluster/command.ts';
import { namespaces } from '../../../hack/loop/mark.ts';
import type { Report } from '../report.ts';
import type { ArgoCD } from './argocd.ts';
import type { Ledger } from './ledger.ts';
import type { Product } from './product.ts';

const declared = 4;
const scaled = 5;
/** As docs/gitops.md has it. */
const passingOver = {
  ignoreDifferences: [{ group: 'flyball.dev', kind: 'ModelDeployment', jsonPointers: ['/spec/replicas'] }],
  syncPolicy: {
    automated: { selfHeal: true, prune: true },
    syncOptions: ['RespectIgnoreDifferences=true', 'ServerSideApply=true'],
  },
};
/** It asks for no metrics: there have to be more than there are. */
const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'biopsy', namespace: namespaces.loop },
  spec: {
    scaleTargetRef: { apiVersion, kind: 'ModelDeployment', name: 'biopsy' },
    minReplicas: scaled,
    maxReplicas: scaled,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
  },
};

export async function autoscaled(argo: ArgoCD, product: Product, ledger: Ledger, report: Report): Promise<void> {
  const replicas = async () => (await product.state()).deployment?.spec.replicas;
  const within = ['--namespace', namespaces.loop];
  const began = Date.now();
  await product.vigil.during(async () => {
    await argo.kubectl.run(['scale', 'mdep/biopsy', '--replicas', '3', ...within]);
    await waitFor('self-heal', 60, async () => (await replicas()) === declared);
  });
  const seconds = Math.round((Date.now() - began) / 1000);
  report.record('Self-heal undoes what Git names', true, `${declared} replicas again after ${seconds} s`);
  await product.vigil.during(async () => product.keep(passingOver));
  await argo.kubectl.run(['apply', '--server-side', '--filename', '-'], stringify(autoscaler));
  await product.until('the autoscaler', ({ deployment }) => deployment?.status?.readyReplicas === scaled);
  await ledger.step('An autoscaler has five replicas, Git four', 'autoscaler', { ModelDeployment: 'Healthy' });
  await product.steer('Another limit of pods that are tried at once', { minReady: '11s' });
  const after = await replicas();
  report.record('A commit leaves the replicas to the autoscaler', after === scaled, `${after} replicas`);
}
