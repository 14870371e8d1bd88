/** The loop of the demo, which closes itself, with Argo CD as whoever applies. */
import { namespaces } from '../../../hack/loop/mark.ts';
import { steps } from '../../../hack/loop/steps.ts';
import { follow } from '../../../hack/loop/watch.ts';
import type { ArgoCD } from './argocd.ts';
import type { Healths, Ledger } from './ledger.ts';

const serving = { TrainingRun: 'Healthy', ModelDeployment: 'Healthy', Monitor: 'Healthy' } as const;
const rollingOut = { TrainingRun: 'Healthy', ModelDeployment: 'Progressing' } as const;

/** What a person expects at each step of the loop. */
const wanted: Readonly<Record<string, Healths>> = {
  'Training starts': { TrainingRun: 'Progressing', ModelDeployment: 'Progressing' },
  'Version 1 is registered': rollingOut,
  'Version 1 is served': serving,
  'The monitor sees it': serving,
  'Drift is noticed': { TrainingRun: 'Healthy', ModelDeployment: 'Healthy', Monitor: 'Progressing' },
  'Retraining starts': { TrainingRun: 'Healthy', ModelDeployment: 'Healthy', Monitor: 'Progressing' },
  'Version 2 is registered': { TrainingRun: 'Healthy' },
  'A quarter of the load goes to version 2': rollingOut,
  'Half of the load goes to version 2': rollingOut,
  'Version 2 is promoted': { TrainingRun: 'Healthy', ModelDeployment: 'Healthy' },
  'The drift is gone: the loop is closed': serving,
};

export async function wholeLoop(argo: ArgoCD, ledger: Ledger): Promise<void> {
  for await (const { step } of follow(argo.kubectl, namespaces.loop, steps)) {
    await ledger.step(step.title, 'nobody', wanted[step.title] ?? {});
  }
}
