/** Argo CD is lost, and then the product: both come back from Git and from a backup of the ModelVersions, as docs/operations.md says. */
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { stringify } from 'yaml';
import { label } from '../../../src/api/labels.ts';
import { namespaces } from '../../../hack/loop/mark.ts';
import type { Report } from '../report.ts';
import type { ArgoCD } from './argocd.ts';
import type { Ledger } from './ledger.ts';
import type { Product } from './product.ts';

const serving = { TrainingRun: 'Healthy', ModelDeployment: 'Healthy' } as const;
const theirs = 'trainingruns,modeldeployments,monitors';

export async function restored(argo: ArgoCD, product: Product, ledger: Ledger, report: Report): Promise<void> {
  // A first revision would wait for it, and what an action approved is not in Git.
  await product.steer('Ask for no approval', { approval: undefined });
  const servers = await serversOf(argo);
  await product.vigil.during(async () => {
    await product.application.remove();
    await product.keep();
  });
  await ledger.step('Argo CD has lost its Application, and gets it again', 'nobody', serving);
  const after = await serversOf(argo);
  report.record('No server was started anew', servers.join() === after.join(), after.join(', '));

  const before = await product.state();
  await product.vigil.during(async () => {
    await product.application.remove();
    const versions = before.versions.map(({ metadata: { resourceVersion: _version, ...metadata } = {}, ...rest }) =>
      stringify({ ...rest, metadata }),
    );
    const within = ['--namespace', namespaces.loop];
    await argo.kubectl.run(['delete', theirs, '--all', '--wait', ...within]);
    await argo.kubectl.run(['delete', 'modelversions', '--all', '--wait', ...within]);
    await product.until('the end of all that was made', () => nothingIsLeft(argo));
    await argo.kubectl.run(['create', ...within, '--filename', '-'], versions.join('---\n'));
    await product.keep();
  });
  const newest = before.versions.at(-1)?.metadata?.name;
  await product.until('the newest version', ({ deployment }) => deployment?.status?.stable?.version === newest);
  await ledger.step('Statuses and owners are lost, ModelVersions come from a backup', 'nobody', serving);
  const jobs = await argo.kubectl.list<IJob>('jobs', namespaces.loop);
  const trained = jobs.filter(({ metadata }) => metadata?.labels?.[label.trainingRun] !== undefined);
  const { run } = await product.state();
  const attempts = run?.status?.attempts?.map(({ name }) => name) ?? [];
  const isNothingNew = trained.length === 0 && attempts.at(-1) === newest;
  report.record('Nothing was trained again', isNothingNew, `${attempts.join(', ')}; ${trained.length} Jobs`);
}

async function nothingIsLeft(argo: ArgoCD): Promise<boolean> {
  return (await serversOf(argo)).length === 0;
}

/** The pods that serve, with how often they were started. */
async function serversOf(argo: ArgoCD): Promise<readonly string[]> {
  const pods = await argo.kubectl.list<IPod>('pods', namespaces.loop);
  return pods
    .filter(({ metadata }) => metadata?.labels?.[label.modelDeployment] !== undefined)
    .map(({ metadata, status }) => {
      const restarts = status?.containerStatuses?.map(({ restartCount }) => restartCount) ?? [];
      return `${metadata?.name} ${metadata?.uid} ${restarts.join('+')}`;
    })
    .toSorted();
}
