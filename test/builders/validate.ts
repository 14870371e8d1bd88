import { ModelDeployment, ModelVersion, Monitor, TrainingRun } from '../../src/api/generated/models.ts';
import type { Reason } from '../../src/api/reason.ts';
import type { Condition, IModelDeployment, IModelVersion, IMonitor, ITrainingRun } from '../../src/api/types.ts';
import { deploymentReasons } from '../../src/kinds/modeldeployment/status/reasons.ts';
import { monitorReasons } from '../../src/kinds/monitor/status/reasons.ts';
import { runReasons } from '../../src/kinds/trainingrun/status/reasons.ts';

/** Those of test/unit/trial, which stand for lines in the tables. */
const ofTrials = ['Trying', 'RoutesNotServed'];

interface WithReason {
  readonly reason?: string;
}

/** Where a status has reasons; other fields of that name are sentences. */
interface WithReasons {
  readonly conditions?: readonly Condition[];
  readonly attempts?: readonly (WithReason & {
    readonly stages?: readonly WithReason[];
    readonly gate?: readonly WithReason[];
  })[];
  readonly rejected?: readonly WithReason[];
  readonly checks?: readonly WithReason[];
}

type Ours = IModelDeployment | IModelVersion | IMonitor | ITrainingRun;

/** Throws unless an object is as its schema says, and each reason in its status has a line in the table of its kind. */
export function validate(object: Ours): void {
  switch (object.kind) {
    case 'ModelDeployment':
      new ModelDeployment(object).validate();
      return isTold(object.status, deploymentReasons);
    case 'ModelVersion':
      return new ModelVersion(object).validate();
    case 'Monitor':
      new Monitor(object).validate();
      return isTold(object.status, monitorReasons);
    case 'TrainingRun':
      new TrainingRun(object).validate();
      return isTold(object.status, runReasons);
  }
}

function isTold(status: WithReasons = {}, table: Readonly<Record<string, Reason>>): void {
  const known = [...Object.keys(table), ...ofTrials];
  const unknown = reasonsIn(status).filter((reason) => !known.includes(reason));
  if (unknown.length > 0) throw new Error(`status/reasons.ts does not tell of ${unknown.join(', ')}`);
}

function reasonsIn({ conditions = [], attempts = [], rejected = [], checks = [] }: WithReasons): string[] {
  const ofAttempts = attempts.flatMap((attempt) => [attempt, ...(attempt.stages ?? []), ...(attempt.gate ?? [])]);
  return [...conditions, ...ofAttempts, ...rejected, ...checks].flatMap(({ reason }) => reason ?? []);
}
