/** A ModelDeployment in a later sync wave than its TrainingRun comes when that has made a version. */
import { join } from 'node:path';
import { stringify } from 'yaml';
import { waitFor } from '../../../hack/cluster/command.ts';
import { look } from '../../../hack/loop/state.ts';
import { claim, image, modelDeployment, program, trainingRun } from '../outcomes/objects.ts';
import type { Report } from '../report.ts';
import { Application } from './application.ts';
import type { ArgoCD } from './argocd.ts';
import { Repository } from './repository.ts';

const name = 'argocd-waves';
const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };

interface Manifest {
  readonly metadata?: object;
}

function inWave(wave: number, object: Manifest): Manifest {
  const annotations = { 'argocd.argoproj.io/sync-wave': String(wave) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

export async function waves(argo: ArgoCD, report: Report): Promise<void> {
  const repository = new Repository(join(argo.folder, name));
  const application = new Application(argo, name);
  const output = { uri: 'pvc://models/waves' };
  const server = { image, ...program('serve', 'well'), port: 8080, protocol: 'OpenInference' } as const;
  const objects = [
    inWave(0, { ...claim, metadata: { ...claim.metadata } }),
    inWave(0, trainingRun('waves', 15, { output })),
    inWave(1, modelDeployment('waves', 'well', { model: { trainingRunRef: { name: 'waves' } }, server })),
  ];
  await argo.kubectl.run(['apply', '--server-side', '--filename', '-'], stringify(namespace));
  await repository.make();
  await repository.commit('Two waves', { 'waves/all.yaml': objects.map((one) => stringify(one)).join('---\n') });
  const destination = { server: 'https://kubernetes.default.svc', namespace: name };
  await application.create(repository, 'waves', { destination });
  const [version, deployment] = await waitFor('the second wave', 180, async () => {
    const { versions, deployment } = await look(argo.kubectl, name);
    return deployment && ([versions[0], deployment] as const);
  });
  const [registered = '', created = ''] = [version, deployment].map((one) => one?.metadata?.creationTimestamp);
  const isAfter = registered !== '' && registered <= created;
  report.record('The wave of the ModelDeployment came after the version', isAfter, `${registered}, ${created}`);
  const told = await waitFor('a healthy application', 120, async () => {
    const now = await application.told();
    return now.health === 'Healthy' && now.sync === 'Synced' && now;
  });
  report.record('Both waves are healthy and synced', true, `${told.sync}, ${told.health}`);
}

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
