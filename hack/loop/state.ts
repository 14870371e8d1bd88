import type { IModelDeployment, IModelVersion, IMonitor, ITrainingRun } from '../../src/api/types.ts';
import type { Kubectl } from './kubectl.ts';

/** What one look at the namespace of the example showed. */
export interface LoopState {
  readonly run?: ITrainingRun;
  readonly versions: readonly IModelVersion[];
  readonly deployment?: IModelDeployment;
  readonly monitor?: IMonitor;
}

type Ours = ITrainingRun | IModelVersion | IModelDeployment | IMonitor;

/** Looks once; the example has one object of each kind that people write. */
export async function look(kubectl: Kubectl, namespace: string): Promise<LoopState> {
  const objects = await kubectl.list<Ours>('trainingruns,modelversions,modeldeployments,monitors', namespace);
  const ofKind = <T extends Ours>(kind: T['kind']) => objects.filter((object): object is T => object.kind === kind);
  const [run] = ofKind<ITrainingRun>('TrainingRun');
  const [deployment] = ofKind<IModelDeployment>('ModelDeployment');
  const [monitor] = ofKind<IMonitor>('Monitor');
  return {
    ...(run && { run }),
    ...(deployment && { deployment }),
    ...(monitor && { monitor }),
    versions: ofKind<IModelVersion>('ModelVersion').toSorted((a, b) => a.spec.number - b.spec.number),
  };
}
