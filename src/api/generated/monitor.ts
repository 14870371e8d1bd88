// Generated from crds/*.yaml by `npm run generate`. Do not edit.

import type { IObjectMeta } from '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta';
import type { Condition, LatencyCheck } from './shared.ts';

/** Watches a ModelDeployment: checks that are measured again and again, and what to do when one fails, retrain or roll back. */
export interface IMonitor {
  apiVersion: 'flyball.dev/v1alpha1';
  kind: 'Monitor';
  metadata?: IObjectMeta;
  /** What to watch and what to do about it. */
  spec: MonitorSpec;
  /** What the operator has measured and asked for. */
  status?: MonitorStatus;
}

/**
 * Measures how far a signal has moved from its distribution in the training data. Needs the signal in observe.signals of the ModelDeployment and in the profile of the ModelVersion.
 *
 */
export interface DriftCheck {
  /**
   * The name of the signal.
   */
  signal: string;
  /**
   * The measure: PSI is the population stability index; below 0.1 is commonly taken as no shift, above 0.2 as a marked one.
   */
  test: 'PSI';
  /**
   * How far back to look, such as "1h".
   */
  window: string;
  /**
   * The share of predictions, from 0 to below 1, in which the signal may have no value; above it the check fails, whatever the drift. It then rolls back where that is declared, but asks for no training, which would not mend it. Unbounded by default.
   */
  maxSkipped?: number;
}
/**
 * Measures by a query of your own, which must give one number.
 *
 */
export interface QueryCheck {
  /**
   * The name of a query source that the administrator has opened to this namespace.
   */
  source: string;
  /**
   * The query, in PromQL.
   */
  expr: string;
}
/**
 * One check: exactly one of latency, errors, drift and query, and the bounds between which it passes.
 *
 */
export interface MonitorCheck {
  /**
   * The name of the check.
   */
  name: string;
  /**
   * Measures the time to answer, in seconds; whatever takes longer than 120 counts as 120. A request whose client left before, or that is in flight for longer than max, took at least as long as it lasted. Needs observe on the ModelDeployment.
   */
  latency?: LatencyCheck;
  /**
   * Measures the share of requests that end with a status of 500 or above, or without any answer: whose client left after more than 1 s, or more than the largest max of the checks of latency beside this one if there is one. Has no fields: write {}. Needs observe on the ModelDeployment.
   */
  errors?: Record<string, never>;
  /**
   * Measures how far a signal has moved from its distribution in the training data. Needs the signal in observe.signals of the ModelDeployment and in the profile of the ModelVersion.
   */
  drift?: DriftCheck;
  /**
   * Measures by a query of your own, which must give one number.
   */
  query?: QueryCheck;
  /**
   * The lowest value that passes, in the check's unit. Unbounded by default. Not for drift.
   */
  min?: number;
  /**
   * The highest value that passes, in the check's unit: seconds below 120 for latency, a share between 0 and 1 for errors. Unbounded by default; drift needs it.
   */
  max?: number;
  /**
   * How long the value must be out of bounds before the check fails. "0s" by default.
   */
  for?: string;
  /**
   * How many requests the value must rest on; with fewer the check is Unknown. Not for query. 100 by default; for drift 10 × (bins − 1) / max.
   */
  minSamples?: number;
  /**
   * How far back latency and errors look. "5m" by default. Not for drift, which has its own, and query, which says so itself.
   */
  window?: string;
}
/**
 * How often to ask at most. Unlimited by default.
 *
 */
export interface RetrainLimit {
  /**
   * How many times.
   */
  count: number;
  /**
   * In what length of time, such as "168h".
   */
  per: string;
}
/**
 * Asks a TrainingRun for another attempt when a check fails. Never by default.
 *
 */
export interface RetrainSpec {
  /**
   * The TrainingRun to run again.
   */
  trainingRunRef: {
    /**
     * The name of a TrainingRun of the same namespace.
     */
    name: string;
  };
  /**
   * The checks that ask for it.
   */
  onChecks: string[];
  /**
   * How long to wait after the last retraining took effect before asking again, at least "1m". "1h" by default.
   */
  cooldown?: string;
  /**
   * How often to ask at most. Unlimited by default.
   */
  limit?: RetrainLimit;
}
/**
 * Rejects a fresh revision of the ModelDeployment when a check fails, so that the one before it serves again. Never by default.
 *
 */
export interface RollbackSpec {
  /**
   * The checks that do it.
   */
  onChecks: string[];
  /**
   * How long a revision is fresh after it became stable. More than the window and for of each of the checks, which can fail only then. "24h" by default.
   */
  within?: string;
}
/**
 * What to watch and what to do about it.
 *
 */
export interface MonitorSpec {
  /**
   * The ModelDeployment to watch.
   */
  modelDeploymentRef: {
    /**
     * The name of a ModelDeployment of the same namespace.
     */
    name: string;
  };
  /**
   * How often to measure, at least "5s". "1m" by default.
   */
  interval?: string;
  /**
   * What is measured, at least one, at most 16.
   */
  checks: MonitorCheck[];
  /**
   * Asks a TrainingRun for another attempt when a check fails. Never by default.
   */
  retrain?: RetrainSpec;
  /**
   * Rejects a fresh revision of the ModelDeployment when a check fails, so that the one before it serves again. Never by default.
   */
  rollback?: RollbackSpec;
}
/**
 * What one check found.
 *
 */
export interface CheckStatus {
  /**
   * The name of the check.
   */
  name: string;
  /**
   * The revision that was judged. Absent if there is none.
   */
  revision?: string;
  /**
   * Whether the check passes, is out of bounds for less than its time, fails, or cannot be measured.
   */
  verdict: 'Passing' | 'Pending' | 'Failing' | 'Unknown';
  /**
   * When the verdict last changed.
   */
  since: string;
  /**
   * The value at sampledAt, as a decimal number in the check's unit. Brought up to date when it has changed by more than a tenth of its bound, and after 10 minutes. Absent if it could not be measured.
   */
  value?: string;
  /**
   * How many requests the value rests on. Absent if unknown.
   */
  samples?: number;
  /**
   * When the metrics store was asked for what is told here. Absent if it was not asked.
   */
  sampledAt?: string;
  /**
   * Why, as one word in CamelCase.
   */
  reason?: string;
  /**
   * The same for people.
   */
  message?: string;
}
/**
 * The last request for training. The TrainingRun reads it from here.
 *
 */
export interface RetrainStatus {
  /**
   * The TrainingRun that was asked.
   */
  trainingRun: string;
  /**
   * Its metadata.uid. The attempts of one that was made again have the names of the former's. Absent if it is not known.
   */
  trainingRunUID?: string;
  /**
   * When it was asked.
   */
  requestedAt: string;
  /**
   * The check that failed.
   */
  check: string;
  /**
   * What it found, in words.
   */
  reason: string;
  /**
   * The attempt that answers the request. Absent until there is one.
   */
  attempt?: string;
  /**
   * When the attempt and the rollout of its version had ended. Absent until then; the cooldown counts from it.
   */
  endedAt?: string;
}
/**
 * One revision that was rejected.
 *
 */
export interface MonitorRejection {
  /**
   * The revision.
   */
  revision: string;
  /**
   * The check that failed.
   */
  check: string;
  /**
   * When it failed.
   */
  time: string;
  /**
   * What it found, for people.
   */
  message: string;
}
/**
 * What the operator has measured and asked for.
 *
 */
export interface MonitorStatus {
  /**
   * The metadata.generation that this status is about. A lower number than the object has means that the operator has not yet seen the newest edit.
   */
  observedGeneration?: number;
  /**
   * The state in standard form. Ready: the Monitor can see, and retrain if it shall; ChecksPassed: the verdict of all checks.
   */
  conditions?: Condition[];
  /**
   * How many checks pass, of how many there are, such as "2/3". The others fail, are out of bounds for less than their time, or cannot be measured.
   */
  passing?: string;
  /**
   * The names of the checks that fail, joined by commas. Absent if none does.
   */
  failing?: string;
  /**
   * The revision that was judged.
   */
  revision?: string;
  /**
   * What each check found last.
   */
  checks?: CheckStatus[];
  /**
   * The last request for training. The TrainingRun reads it from here.
   */
  retrain?: RetrainStatus;
  /**
   * When training was asked for, oldest first, at most 50, for retrain.limit.
   */
  retrainings?: string[];
  /**
   * When training was last asked for. Absent if never.
   */
  lastRetrain?: string;
  /**
   * The fresh revisions that this Monitor rejected, oldest first, at most 20. The ModelDeployment reads them from here.
   */
  rejections?: MonitorRejection[];
}
