import type { IModelDeployment, IModelVersion, IMonitor, ITrainingRun } from '../../api/types.ts';
import { modelDeployments, modelVersions, trainingRuns } from '../../api/kinds.ts';
import { keyOf } from '../../api/resource.ts';
import type { Reader } from '../../controller.ts';
import { measureOf } from './checks/index.ts';
import type { Measure } from './checks/measure.ts';
import type { Finding, QuerySource, Sampler } from './sampler.ts';
import { subjectOf } from './checks/subject.ts';
import type { Subject } from './checks/subject.ts';

/** All that a plan is made from. */
export interface MonitorFacts {
  readonly monitor: IMonitor;
  readonly subject: Subject;
  readonly deployment: IModelDeployment | undefined;
  /** The run of spec.retrain, and its versions. */
  readonly run: ITrainingRun | undefined;
  readonly versions: readonly IModelVersion[];
  /** By the check's name, as are the findings. */
  readonly measures: ReadonlyMap<string, Measure>;
  readonly findings: ReadonlyMap<string, Finding>;
  readonly refresh: boolean;
  readonly next: Date;
}

export interface ObserveOptions {
  readonly sources: readonly QuerySource[];
  readonly sampler: Sampler;
}

/** Reads the cache, and the metrics stores if the Monitor's interval is over. */
export async function observe(
  monitor: IMonitor,
  read: Reader,
  now: Date,
  { sources, sampler }: ObserveOptions,
): Promise<MonitorFacts> {
  const { namespace } = keyOf(monitor);
  const deployment = read.get(modelDeployments, { namespace, name: monitor.spec.modelDeploymentRef.name });
  const served = deployment?.status?.stable?.version;
  const version = served === undefined ? undefined : read.get(modelVersions, { namespace, name: served });
  const subject = subjectOf(monitor, deployment, version);
  const measures = new Map(
    monitor.spec.checks.map((check) => [check.name, measureOf(check, subject, isOpen(sources))] as const),
  );
  const runName = monitor.spec.retrain?.trainingRunRef.name;
  return {
    monitor,
    subject,
    deployment,
    run: runName === undefined ? undefined : read.get(trainingRuns, { namespace, name: runName }),
    versions: runName === undefined ? [] : read.referring(modelVersions, trainingRuns, { namespace, name: runName }),
    measures,
    ...(await sampler.sample(monitor, measures, now)),
  };
}

function isOpen(sources: readonly QuerySource[]) {
  return (name: string, namespace: string): boolean =>
    sources.some((source) => source.name === name && source.namespaces.includes(namespace));
}
