import type { Actor, Reason } from '../../api/reason.ts';
import { deploymentReasons } from '../../kinds/modeldeployment/status/reasons.ts';
import { monitorReasons } from '../../kinds/monitor/status/reasons.ts';
import { runReasons } from '../../kinds/trainingrun/status/reasons.ts';
import type { Asked } from './evidence.ts';

const reasons: Readonly<Record<Asked['kind'], Readonly<Record<string, Reason>>>> = {
  TrainingRun: runReasons,
  ModelDeployment: deploymentReasons,
  Monitor: monitorReasons,
  ModelVersion: {},
};

/** Whose move it is by the reason of a condition, in words of an older or newer operator too: then it is its author's. */
export function actorOfReason(kind: Asked['kind'], reason: string): Actor {
  return reasons[kind][reason]?.actor ?? 'Author';
}
