/** After the loop people steer: by commits, and by the actions of Argo CD. */
import type { LoopState } from '../../../hack/loop/state.ts';
import type { Ledger } from './ledger.ts';
import type { Product } from './product.ts';

const healthy = { TrainingRun: 'Healthy', ModelDeployment: 'Healthy' } as const;
const rollingOut = { ModelDeployment: 'Progressing' } as const;

const candidate = ({ deployment }: LoopState) => deployment?.status?.candidate?.revision;
/** The revision that serves, once nothing is being rolled out. */
const alone = ({ deployment: { status, metadata } = {} as NonNullable<LoopState['deployment']> }: LoopState) =>
  status?.observedGeneration === metadata?.generation && status?.candidate === undefined && status?.stable?.revision;
const newest = ({ run }: LoopState) => run?.status?.attempts?.at(-1);

export async function steering(product: Product, ledger: Ledger): Promise<void> {
  await trainedAgain(product, ledger);
  const before = await product.until('what serves', alone);
  const revision = await heldBack(product, ledger, before);
  await rolledBack(product, ledger, revision, before);
  await corrected(product, ledger);
}

/** The same recipe on the same readings makes the same model, so that nothing else comes to serve. */
async function trainedAgain(product: Product, ledger: Ledger): Promise<void> {
  // What is trained with less need not be better than what serves.
  await product.commit('Judge by f1 alone', 'TrainingRun', (spec) => ({ ...spec, gate: [{ metric: 'f1', min: 0.8 }] }));
  await product.steer('Ask for approval', { approval: 'Required' });
  await ledger.step('An approval is asked for from now on', 'commit', healthy);
  await product.act('TrainingRun', 'rerun');
  await ledger.step('The recipe is trained once more', 'action `rerun`', {
    TrainingRun: 'Progressing',
    ModelDeployment: 'Healthy',
  });
  await product.until('version 3', (state) => newest(state)?.number === 3 && newest(state)?.verdict === 'Registered');
  await ledger.step('It has made the same model', 'nobody', healthy);
  await product.act('TrainingRun', 'suspend');
  await ledger.step('Nothing is trained any more', 'action `suspend`', { TrainingRun: 'Suspended' });
  await product.act('TrainingRun', 'resume');
  await ledger.step('It may be trained again', 'action `resume`', healthy);
}

/** Another version is held, rejected, tried again and approved. Returns its revision. */
async function heldBack(product: Product, ledger: Ledger, before: string): Promise<string> {
  await recipe(product, 'Train for fewer epochs', { epochs: '150' });
  await ledger.step('Another recipe is trained', 'commit', { TrainingRun: 'Progressing' });
  const revision = await product.until('a candidate', candidate);
  await ledger.step('What it made is a canary', 'nobody', { TrainingRun: 'Healthy', ...rollingOut });
  await product.act('ModelDeployment', 'pause');
  await ledger.step('The canary is held at its step', 'action `pause`', { ModelDeployment: 'Suspended' });
  await product.act('ModelDeployment', 'resume');
  await ledger.step('It goes on', 'action `resume`', rollingOut);
  await product.act('ModelDeployment', 'abort');
  await product.until('what served before', (state) => alone(state) === before);
  await ledger.step('The version, which is followed, is rejected', 'action `abort`', healthy);
  await product.act('ModelDeployment', 'retry');
  await product.until('the same candidate', (state) => candidate(state) === revision);
  await ledger.step('It is tried once more', 'action `retry`', rollingOut);
  await product.until('an approval that is missing', ({ deployment }) =>
    deployment?.status?.conditions?.some(({ reason }) => reason === 'ApprovalRequired'),
  );
  await ledger.step('It has passed its steps, and waits for approval', 'nobody', { ModelDeployment: 'Suspended' });
  await product.act('ModelDeployment', 'approve');
  await product.until('the approved version', (state) => alone(state) === revision);
  await ledger.step('It is promoted', 'action `approve`', healthy);
  return revision;
}

async function rolledBack(product: Product, ledger: Ledger, revision: string, before: string): Promise<void> {
  await product.steer('Go back', { abortedRevision: revision });
  await ledger.step('The version before takes over again', 'commit', rollingOut);
  await product.until('the version before', (state) => alone(state) === before);
  await ledger.step('The version before serves', 'nobody', healthy);
}

/** A recipe that is declared fails, and is corrected by people; what comes of that skips its steps. */
async function corrected(product: Product, ledger: Ledger): Promise<void> {
  const args = await product.until('what is trained', ({ run }) => run?.spec.args);
  await product.commit('Break the recipe', 'TrainingRun', (spec) => ({ ...spec, args: ['/app/absent.py'] }));
  await product.until('an attempt that failed', (state) => newest(state)?.verdict === 'Failed');
  await ledger.step('A recipe that was committed fails', 'commit', {
    TrainingRun: 'Degraded',
    ModelDeployment: 'Healthy',
  });
  await recipe(product, 'Correct the recipe', { epochs: '120' }, { args });
  const revision = await product.until('another candidate', candidate);
  await ledger.step('What the correction made is a canary', 'commit', { TrainingRun: 'Healthy', ...rollingOut });
  await product.act('ModelDeployment', 'promote');
  await product.until('the version of the correction', (state) => alone(state) === revision);
  await ledger.step('It is promoted without the rest of its steps', 'action `promote`', healthy);
}

function recipe(product: Product, message: string, parameters: object, others: object = {}): Promise<void> {
  return product.commit(message, 'TrainingRun', (spec) => ({
    ...spec,
    ...others,
    parameters: { ...(spec['parameters'] as object), ...parameters },
  }));
}
