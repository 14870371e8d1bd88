/** The versions of a run, and what has become of each. */
import { defined } from '../../api/defined.ts';
import { keyOf } from '../../api/resource.ts';
import type { GateVerdict, IModelDeployment, IModelVersion, ITrainingRun } from '../../api/types.ts';
import { shortDigest } from '../../domain/digest.ts';
import { isRegistered } from '../../domain/provenance.ts';
import { rejectedVersions } from '../../domain/rejections.ts';
import { compareVersions, identityOf, isSameVersion } from '../../domain/versions.ts';
import { chooseChampion } from '../../kinds/trainingrun/gate/champion.ts';
import { hardwareText } from './words.ts';

/** What a ModelDeployment does with a version. */
export interface Use {
  readonly deployment: string;
  readonly role: 'stable' | 'candidate' | 'previous' | 'rejected';
  readonly revision: string;
  /** Why it was rejected. */
  readonly reason?: string;
  readonly message?: string;
}

export interface JudgedMetric {
  readonly name: string;
  readonly value?: string;
  /** What the gate asked for, as `min 0.9`; absent for a metric that nobody judged. */
  readonly rules: readonly string[];
}

/** One version as people and programs see it. */
export interface ListedVersion {
  readonly name: string;
  readonly number: number;
  readonly created?: string;
  /** Whether its run tells that it has registered it; unknown where the run is gone. */
  readonly isRegistered?: boolean;
  /** Whether the next attempt is compared with it. */
  readonly isChampion: boolean;
  readonly trigger: string;
  /** Those that the gate judged, else all. */
  readonly metrics: readonly JudgedMetric[];
  readonly digest?: string;
  /** Who says so: what saved it, or the training alone. */
  readonly digestSource?: 'Measured' | 'Reported';
  /** In bytes. */
  readonly size?: number;
  readonly datasets: readonly { readonly name: string; readonly digest?: string }[];
  readonly source?: string;
  readonly image: string;
  readonly imageDigest?: string;
  readonly hardware?: string;
  readonly uses: readonly Use[];
}

interface Objects {
  readonly run: ITrainingRun | undefined;
  /** Of the run's namespace. */
  readonly versions: readonly IModelVersion[];
  readonly deployments: readonly IModelDeployment[];
}

/** Newest first. */
export function listedVersions(name: string, { run, versions, deployments }: Objects): ListedVersion[] {
  const own = versionsOf(name, versions);
  const registered = run === undefined ? own : own.filter((version) => isRegistered(run, version));
  const champion = chooseChampion(registered, rejectedVersions(registered, deployments))?.name;
  return own.map((version) => {
    const { spec, metadata } = version;
    return defined<ListedVersion>({
      name: keyOf(version).name,
      number: spec.number,
      created: metadata?.creationTimestamp,
      isRegistered: run === undefined ? undefined : isRegistered(run, version),
      isChampion: keyOf(version).name === champion,
      trigger: spec.trigger.type,
      metrics: judgedMetrics(version),
      digest: spec.digest,
      digestSource: spec.digestSource,
      size: spec.size,
      datasets: (spec.datasets ?? []).map((one) => defined({ name: one.name, digest: one.digest })),
      source: spec.source && `${spec.source.repository}@${spec.source.revision}`,
      image: spec.image,
      imageDigest: spec.imageDigest,
      hardware: hardwareText(spec.hardware, spec.nodes),
      uses: deployments.flatMap((deployment) => usesOf(version, deployment)),
    });
  });
}

/** The versions of a run, newest first. */
export function versionsOf(run: string, versions: readonly IModelVersion[]): IModelVersion[] {
  return versions
    .filter(({ spec }) => spec.trainingRun === run)
    .toSorted((one, other) => compareVersions(run, identityOf(other), identityOf(one)));
}

function judgedMetrics({ spec: { metrics, gate = [] } }: IModelVersion): JudgedMetric[] {
  const judged = [...new Set(gate.map(({ metric }) => metric))];
  const names = judged.length > 0 ? judged : Object.keys(metrics);
  return names.map((name) =>
    defined<JudgedMetric>({
      name,
      value: Object.hasOwn(metrics, name) ? metrics[name] : undefined,
      rules: gate.filter(({ metric }) => metric === name).map(limit),
    }),
  );
}

function limit({ rule, champion }: GateVerdict): string {
  return champion === undefined ? rule.replace(/ against no champion$/, '') : rule;
}

function usesOf(version: IModelVersion, { metadata, status }: IModelDeployment): Use[] {
  const deployment = metadata?.name ?? '';
  const identity = identityOf(version);
  const { stable, candidate, previous, rejected = [] } = status ?? {};
  const roles = (['stable', 'candidate', 'previous'] as const).flatMap((role): Use[] => {
    const holder = { stable, candidate, previous }[role];
    return holder !== undefined && isSameVersion(holder, identity)
      ? [{ deployment, role, revision: holder.revision }]
      : [];
  });
  const rejections = rejected
    .filter((one) => isSameVersion(one, identity))
    .map(({ revision, reason, message }): Use => ({ deployment, role: 'rejected', revision, reason, message }));
  return [...roles, ...rejections];
}

/** A version's table needs the digests alone. */
export function dataText({ datasets }: ListedVersion): string {
  return datasets.map(({ name, digest }) => `${name}@${shortDigest(digest) ?? 'unknown'}`).join(', ');
}
