import { defined } from '../../api/defined.ts';
import { keyOf, uidOf } from '../../api/resource.ts';
import type { IModelDeployment, IModelVersion, ITrainingRun } from '../../api/types.ts';
import { isRegistered } from '../../domain/provenance.ts';
import { identityOf, isSameVersion } from '../../domain/versions.ts';
import { clauses, figures, type Tone, type TreeNode } from './node.ts';

/** What a version is to a ModelDeployment, the most telling first. */
const roles = [
  { state: 'Serving', tone: 'good', of: 'stable' },
  { state: 'Candidate', tone: 'waiting', of: 'candidate' },
  { state: 'Previous', tone: 'faint', of: 'previous' },
] as const satisfies readonly { state: string; tone: Tone; of: string }[];

/** The versions of a run's name, the newest first. Those that nobody serves are past, the newest of all apart. */
export function versionNodes(
  versions: readonly IModelVersion[],
  run: ITrainingRun | undefined,
  deployments: readonly IModelDeployment[],
): TreeNode[] {
  const newestFirst = versions.toSorted(
    (one, other) => timeOf(other) - timeOf(one) || other.spec.number - one.spec.number,
  );
  return newestFirst.map((version, index) => {
    const node = versionNode(version, run, deployments);
    return index > 0 && node.state === 'Registered' ? { ...node, isPast: true } : node;
  });
}

function versionNode(
  version: IModelVersion,
  run: ITrainingRun | undefined,
  deployments: readonly IModelDeployment[],
): TreeNode {
  const { number, metric, shortDigest, uri } = version.spec;
  return defined<TreeNode>({
    kind: 'ModelVersion',
    ...keyOf(version),
    ...roleOf(version, run, deployments),
    detail: clauses(metric, shortDigest && `digest ${shortDigest}`, originOf(version, run)),
    since: version.metadata?.creationTimestamp,
    figures: figures({ number, metric, digest: version.spec.digest, uri }),
    children: [],
  });
}

function roleOf(
  version: IModelVersion,
  run: ITrainingRun | undefined,
  deployments: readonly IModelDeployment[],
): Pick<TreeNode, 'state' | 'tone'> {
  const identity = identityOf(version);
  const role = roles.find(({ of }) =>
    deployments.some(({ status }) => status?.[of] !== undefined && isSameVersion(status[of], identity)),
  );
  if (role !== undefined) return { state: role.state, tone: role.tone };
  const isRejected = deployments.some(({ status }) =>
    status?.rejected?.some((rejected) => isSameVersion(rejected, identity)),
  );
  if (isRejected) return { state: 'Rejected', tone: 'bad' };
  // Status remembers the newest only; an older one was one of them.
  const oldest = run?.status?.versions?.[0]?.name;
  const isNewer = run !== undefined && (oldest === undefined || numberIn(oldest) <= version.spec.number);
  return isOfRun(version, run) && isNewer && !isRegistered(run, version)
    ? { state: 'Unregistered', tone: 'waiting' }
    : { state: 'Registered', tone: 'faint' };
}

function originOf(version: IModelVersion, run: ITrainingRun | undefined): string | undefined {
  const { trainingRun } = version.spec;
  if (run === undefined) return `TrainingRun ${trainingRun} is gone`;
  return isOfRun(version, run) ? undefined : `of a TrainingRun ${trainingRun} that is gone`;
}

function isOfRun({ spec }: IModelVersion, run: ITrainingRun | undefined): boolean {
  return run !== undefined && (spec.trainingRunUID ?? uidOf(run)) === uidOf(run);
}

function numberIn(name: string): number {
  return Number(/-([0-9]+)$/.exec(name)?.[1] ?? 0);
}

function timeOf({ metadata }: IModelVersion): number {
  return Date.parse(metadata?.creationTimestamp ?? '') || 0;
}
