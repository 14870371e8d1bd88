import type { Reason } from '../../../api/reason.ts';
import type { GateVerdict, IModelVersion } from '../../../api/types.ts';

/** Why a ModelVersion was registered. */
export const versionReasons = {
  NoGate: {
    meaning: 'The attempt was registered, and there is no gate that it had to pass.',
    evidence: 'spec.gate',
    actor: 'Nobody',
  },
  GatePassed: {
    meaning: 'The attempt was registered, since it passed the gate.',
    evidence: 'gate of the attempt in status',
    actor: 'Nobody',
  },
} as const satisfies Readonly<Record<NonNullable<IModelVersion['spec']['reason']>, Reason>>;

/** Of a rule of the gate. */
export const gateReasons = {
  Holds: {
    meaning: 'The value is as the rule demands.',
    evidence: 'the value in the verdict',
    actor: 'Nobody',
  },
  Fails: {
    meaning: 'The value is not as the rule demands.',
    evidence: 'the value in the verdict',
    actor: 'Author',
    remedy: 'Improve the data, the code or the parameters, or change the rule.',
  },
  Bootstrap: {
    meaning: 'There is no champion to compare with yet, so the rule passes.',
    evidence: 'the ModelVersions of the run',
    actor: 'Nobody',
  },
  MetricMissing: {
    meaning: 'The attempt did not report the metric that a rule judges.',
    evidence: 'metrics of the attempt in status',
    actor: 'Author',
    remedy: 'Have the training report the metric, or change the rule of spec.gate.',
  },
  NotComparable: {
    meaning: 'The champion was evaluated on other data, or lacks the metric, so that the two cannot be compared.',
    evidence: 'the ModelVersion of the champion',
    actor: 'Author',
    remedy:
      'Evaluate both on the same data: set spec.rerunAt on what the champion comes from, or drop the comparison from the gate.',
  },
} as const satisfies Readonly<Record<GateVerdict['reason'], Reason>>;
