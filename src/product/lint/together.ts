import type { IModelDeployment, IMonitor, ITrainingRun } from '../../api/types.ts';
import { keyOf, type Resource } from '../../api/resource.ts';
import { recipeOf } from '../../domain/recipe.ts';
import { measureOf } from '../../kinds/monitor/checks/index.ts';
import type { Revision } from '../../kinds/monitor/checks/subject.ts';
import { requestProblem } from '../../kinds/trainingrun/start/problems.ts';
import { fieldOf, type ObjectFinding, type Path } from './finding.ts';
import type { Fields } from './object.ts';
import { operatorsWords } from './operator.ts';
import { isReferred } from './references.ts';

/** What the operator would say of objects that are right by themselves, and cannot work together. @param all those that are right. */
export function togetherFindings(object: Fields, all: readonly Fields[]): readonly ObjectFinding[] {
  if (isOf<IMonitor>('Monitor', object)) return unseenChecks(object, all);
  return isOf<ITrainingRun>('TrainingRun', object) ? vainRequests(object, all) : [];
}

function isOf<R extends Resource>(kind: R['kind'], object: Fields): object is Fields & R {
  return object['kind'] === kind;
}

/** What a check says before anything serves, by what its ModelDeployment declares. */
const declared = ['NoObserver', 'SignalNotObserved'];

function unseenChecks(monitor: IMonitor & Fields, all: readonly Fields[]): readonly ObjectFinding[] {
  const { checks, modelDeploymentRef } = monitor.spec;
  const deployment = all
    .filter((other) => isReferred(other, 'ModelDeployment', modelDeploymentRef.name, monitor))
    .find((other) => isOf<IModelDeployment>('ModelDeployment', other));
  if (deployment === undefined) return [];
  const revision = asDeclared(deployment);
  return checks.flatMap((check, index) => {
    const measure = measureOf(check, revision, []);
    const isFound = measure.type === 'Blind' && declared.includes(measure.reason);
    return isFound ? [refused(['spec', 'checks', index], measure.message)] : [];
  });
}

/** The revision that there will be. */
function asDeclared(deployment: IModelDeployment): Revision {
  const { namespace, name } = keyOf(deployment);
  const { observe } = deployment.spec;
  const since = new Date(0);
  const signals = observe === undefined ? undefined : (observe.signals ?? []);
  return {
    type: 'Revision',
    namespace,
    modelDeployment: name,
    revision: '',
    since,
    servesSince: since,
    signals,
    profile: undefined,
  };
}

function vainRequests(run: ITrainingRun & Fields, all: readonly Fields[]): readonly ObjectFinding[] {
  const monitors = all
    .filter((other) => isOf<IMonitor>('Monitor', other))
    .filter((monitor) => isRetraining(monitor, run));
  const requests = monitors.map((monitor) => ({ monitor: keyOf(monitor).name, requestedAt: '', reason: '' }));
  const problem = requestProblem(run, recipeOf(run.spec), requests);
  return problem === undefined ? [] : [refused(['spec', 'datasets'], problem.message)];
}

function isRetraining(monitor: IMonitor, run: ITrainingRun & Fields): boolean {
  const { retrain } = monitor.spec;
  return retrain !== undefined && isReferred(run, 'TrainingRun', retrain.trainingRunRef.name, monitor);
}

function refused(path: Path, message: string): ObjectFinding {
  return { severity: 'error', rule: 'Refused', field: fieldOf(path), path, message: operatorsWords(message) };
}
