import { kubectl } from '../../../api/command.ts';
import type { Remedy } from '../../../api/message.ts';
import { keyOf, uidOf } from '../../../api/resource.ts';
import type { ServerVersion } from '../../../api/serverversion.ts';
import type {
  IModelVersion,
  ITrainingRun,
  ModelDeploymentSpec,
  RejectedRevision,
  RevisionStatus,
} from '../../../api/types.ts';
import { isRegistered } from '../../../domain/provenance.ts';
import { isRejected } from '../../../domain/rejections.ts';
import { compareVersions, isSameVersion, versionNumber, type VersionIdentity } from '../../../domain/versions.ts';
import { isRemote, locate } from '../../../storage/index.ts';
import type { HardwareProblem } from '../../../workload/hardwareproblems.ts';
import { sentence } from '../rollout/words.ts';
import { asDeployed } from './asdeployed.ts';
import { missingImageVolumes } from './images.ts';
import { isDeclared, isStreamed, modelOf, namedBy, revisionDigest } from './revision.ts';
import type { ServedModel } from './revision.ts';
import type { DeploymentReason } from '../status/reasons.ts';

/** A revision that the spec asks for. */
export interface WantedRevision extends ServedModel {
  readonly revision: string;
  /** Of which the name is the beginning; unknown of a role that an older operator gave. */
  readonly revisionDigest?: string | undefined;
  /** What is known of its workload, if it had a role before. */
  readonly workloadUID?: string | undefined;
  readonly templateDigest?: string | undefined;
}

export type Target =
  | { readonly type: 'Revision'; readonly wanted: WantedRevision }
  /** Nothing that may be served: what the spec asks for was rejected. */
  | { readonly type: 'Rejected'; readonly rejection: RejectedRevision }
  /** Nothing that can be served. `stalled`: a user has to act; otherwise it comes by itself. */
  | {
      readonly type: 'Missing';
      readonly reason: DeploymentReason;
      readonly message: string;
      readonly stalled: boolean;
    };

export interface TargetFacts {
  readonly namespace: string;
  readonly name: string;
  readonly spec: ModelDeploymentSpec;
  readonly stable: RevisionStatus | undefined;
  readonly candidate: RevisionStatus | undefined;
  readonly previous: RevisionStatus | undefined;
  readonly rejected: readonly RejectedRevision[];
  /** The ModelVersions of the followed run and those that the spec or the status name. */
  readonly versions: readonly IModelVersion[];
  /** The followed TrainingRun, if it exists. */
  readonly run: ITrainingRun | undefined;
  /** Why nothing can be made on the hardware that the server names. */
  readonly missingHardware: HardwareProblem | undefined;
  readonly serverVersion?: ServerVersion | undefined;
  /** The revisions that have been made: these go on with what they have. */
  readonly made: ReadonlySet<string>;
}

/** How many of the newest versions are considered: after a rejection one step back, and no further until a newer one comes. */
const stepsBack = 2;

/**
 * Which revision shall serve. A stable revision that was rejected after its promotion gives way to the one before it; else it
 * is the pinned model, or the newest version of the followed run that was not rejected, but none older than what serves.
 */
export function targetOf(facts: TargetFacts): Target {
  const target = askedOf(facts);
  if (target.type !== 'Revision' || facts.made.has(target.wanted.revision)) return target;
  const { spec, missingHardware, serverVersion } = facts;
  const lacking = missingHardware ?? missingImageVolumes(facts, spec, target.wanted.uri, serverVersion);
  if (lacking === undefined) return target;
  const { reason, ...told } = lacking;
  return { type: 'Missing', reason, message: sentence(told), stalled: true };
}

function askedOf(facts: TargetFacts): Target {
  const back = rollbackOf(facts);
  if (back !== undefined) return { type: 'Revision', wanted: back };
  const { model } = facts.spec;
  if (model.trainingRunRef !== undefined) return followed(facts, model.trainingRunRef.name);
  if (model.versionRef !== undefined) return pinned(facts, model.versionRef.name);
  return declared(facts, {
    uri: model.uri ?? '',
    digest: model.digest,
    digestSource: model.digest === undefined ? undefined : 'Declared',
  });
}

function rollbackOf({ stable, previous, rejected }: TargetFacts): WantedRevision | undefined {
  if (stable === undefined || previous === undefined) return undefined;
  return isRejected(stable.revision, rejected) && !isRejected(previous.revision, rejected) ? previous : undefined;
}

function followed(facts: TargetFacts, run: string): Target {
  const { stable, rejected } = facts;
  const newest = versionsOf(facts, run).slice(0, stepsBack);
  const [first] = newest;
  if (first === undefined) return noVersion(facts, run);
  const serves = stable !== undefined && !isRejected(stable.revision, rejected) && isOf(run, stable);
  const eligible = serves ? newest.filter((model) => compareVersions(run, model, stable) >= 0) : newest;
  const accepted = eligible.map((model) => declared(facts, model)).find(({ type }) => type !== 'Rejected');
  return accepted ?? declared(facts, first);
}

/**
 * Newest first. What serves stays eligible when its ModelVersion was deleted: its artifact is known from the status. So does
 * what is being deployed first, if nothing else is left.
 */
function versionsOf(facts: TargetFacts, run: string): readonly ServedModel[] {
  const { spec, versions, stable, candidate } = facts;
  const models = versions.filter((one) => isFollowed(one, facts, run)).flatMap((one) => modelOf(one, spec) ?? []);
  const known = stable ?? (models.length === 0 ? candidate : undefined);
  const isForgotten = known !== undefined && isOf(run, known) && !models.some((model) => isSameVersion(model, known));
  const all = isForgotten ? [...models, remembered(known, spec)] : models;
  return all.toSorted((left, right) => compareVersions(run, right, left));
}

/**
 * Whether its run tells that it registered it, or it was deployed when that was so: anybody may have written what names a run, and a run that
 * is gone tells nothing. Who pins a version chooses it.
 */
function isFollowed(version: IModelVersion, { run, stable, candidate, previous }: TargetFacts, name: string): boolean {
  if (version.spec.trainingRun !== name) return false;
  const isDeployed = [stable, candidate, previous].some((role) => role?.versionUID === uidOf(version));
  return isDeployed || (run !== undefined && isRegistered(run, version));
}

function isOf(run: string, { version }: VersionIdentity): boolean {
  return versionNumber(version, run) > 0;
}

/** What is known of a model whose ModelVersion was deleted. Its profile went with that, so that only a running revision has one. */
function remembered(role: RevisionStatus, spec: ModelDeploymentSpec): ServedModel {
  const { profileDigest: _, workloadUID: __, templateDigest: ___, ...model } = role;
  return isDeclared(role, spec) ? role : model;
}

function pinned(facts: TargetFacts, name: string): Target {
  const version = facts.versions.find(({ metadata }) => metadata?.name === name);
  if (version !== undefined) {
    const model = modelOf(version, facts.spec);
    return model === undefined ? withoutModel(facts.namespace, version) : declared(facts, model);
  }
  const known = facts.stable ?? facts.candidate;
  if (known?.version === name) return declared(facts, remembered(known, facts.spec));
  const message = sentence({
    what: `ModelVersion "${name}" does not exist in this namespace`,
    remedies: [
      { text: 'name another one in spec.model.versionRef', command: kubectl(facts.namespace, 'get', 'modelversions') },
    ],
  });
  return { type: 'Missing', reason: 'VersionNotFound', message, stalled: true };
}

function declared(facts: TargetFacts, wanted: ServedModel): Target {
  const model = asDeployed(facts, wanted);
  const location = locate(model.uri);
  if (location.type === 'Unlocated') {
    const message = sentence({
      what: `The model cannot be mounted: ${location.message}`,
      remedies: [{ text: 'name another one in spec.model' }],
    });
    return { type: 'Missing', reason: 'URINotSupported', message, stalled: true };
  }
  if (isStreamed(facts.spec) && !isRemote(model.uri)) return cannotBeStreamed(facts, model.uri);
  const digest = revisionDigest(model, facts.spec);
  const revision = namedBy(digest);
  const rejection = facts.rejected.find((entry) => entry.revision === revision);
  if (rejection !== undefined) return { type: 'Rejected', rejection };
  if (isTaken(facts, revision, digest)) return collides(revision);
  return { type: 'Revision', wanted: { ...model, revision, revisionDigest: digest } };
}

/** The schema refuses it where the URI is named; of versions only the record tells. */
function cannotBeStreamed({ namespace, name, spec: { model } }: TargetFacts, uri: string): Target {
  const run = model.trainingRunRef?.name;
  const message = sentence({
    what: `The server cannot get the model by itself, as spec.model.delivery: Server says: ${uri} is in a claim or an image, which can only be mounted`,
    remedies: [
      { text: 'remove spec.model.delivery', command: kubectl(namespace, 'edit', 'mdep', name) },
      ...(run === undefined
        ? [{ text: 'name a version that is in a store' }]
        : [
            {
              text: 'have models saved to a store by spec.output.uri of the run, which trains again',
              command: kubectl(namespace, 'edit', 'trainingrun', run),
            },
          ]),
    ],
  });
  return { type: 'Missing', reason: 'URINotSupported', message, stalled: true };
}

function isTaken({ stable, candidate, previous }: TargetFacts, revision: string, digest: string): boolean {
  return [stable, candidate, previous].some(
    (role) => role?.revision === revision && role.revisionDigest !== undefined && role.revisionDigest !== digest,
  );
}

function collides(revision: string): Target {
  const message = sentence({
    what: `What spec describes would be called revision ${revision}, as another server is that was deployed before`,
    remedies: [{ text: 'change anything in spec.server, such as a variable that nobody reads' }],
  });
  return { type: 'Missing', reason: 'RevisionCollides', message, stalled: true };
}

function noVersion(facts: TargetFacts, name: string): Target {
  const { namespace, versions, run } = facts;
  const own = versions.filter(({ spec }) => spec.trainingRun === name);
  const withoutUri = own.find((version) => isFollowed(version, facts, name));
  if (withoutUri !== undefined) return withoutModel(namespace, withoutUri);
  if (run === undefined) return noRun(namespace, name, own.length > 0);
  const forged = own.find((version) => isForged(run, version));
  if (forged !== undefined) return notRegistered(namespace, name, forged);
  const message = sentence({
    what: `TrainingRun "${name}" has no ModelVersion yet; the first that passes its gate is deployed`,
    remedies: [{ text: 'see how it goes', command: kubectl(namespace, 'get', 'trainingrun', name) }],
  });
  return { type: 'Missing', reason: 'NoVersion', message, stalled: false };
}

/** Who registers makes the version first and tells of it then: until that the attempt is open. */
function isForged({ status }: ITrainingRun, version: IModelVersion): boolean {
  const { name } = keyOf(version);
  return !(status?.attempts ?? []).some((attempt) => attempt.name === name && attempt.verdict === undefined);
}

function notRegistered(namespace: string, run: string, version: IModelVersion): Target {
  const { name } = keyOf(version);
  const message = sentence({
    what: `ModelVersion "${name}" says that it is of TrainingRun "${run}", which has not registered it, so it is not served`,
    remedies: [
      { text: 'find out who made it, and remove it', command: kubectl(namespace, 'delete', 'mver', name) },
      { text: 'if it was restored from a backup, name it in spec.model.versionRef' },
    ],
  });
  return { type: 'Missing', reason: 'Forged', message, stalled: true };
}

function noRun(namespace: string, run: string, hasLeftSome: boolean): Target {
  const what = `TrainingRun "${run}" does not exist in this namespace`;
  const create: Remedy = {
    text: 'create it or correct spec.model.trainingRunRef',
    command: kubectl(namespace, 'get', 'trainingruns'),
  };
  const message = hasLeftSome
    ? sentence({
        what: `${what}, so that nobody tells which ModelVersions are its own`,
        remedies: [pin(namespace), create],
      })
    : sentence({ what: `${what} and has left no ModelVersion`, remedies: [create] });
  return { type: 'Missing', reason: 'TrainingRunNotFound', message, stalled: true };
}

function pin(namespace: string): Remedy {
  return {
    text: 'name one that you know in spec.model.versionRef',
    command: kubectl(namespace, 'get', 'modelversions'),
  };
}

function withoutModel(namespace: string, { metadata, spec }: IModelVersion): Target {
  const message = sentence({
    what: `ModelVersion "${metadata?.name}" has no uri, since its TrainingRun keeps no model`,
    remedies: [
      {
        text: 'set spec.output.uri there, which trains again',
        command: kubectl(namespace, 'edit', 'trainingrun', spec.trainingRun),
      },
    ],
  });
  return { type: 'Missing', reason: 'VersionWithoutModel', message, stalled: true };
}
