import type { Dataset, GateVerdict, IModelVersion, ModelVersionSpec, TrainedHardware } from '../../../api/types.ts';
import { apiVersion, label, managedBy } from '../../../api/labels.ts';
import type { Key } from '../../../api/resource.ts';
import { defined } from '../../../api/defined.ts';
import { sortedJSON } from '../../../domain/canonical.ts';
import { shortDigest } from '../../../domain/digest.ts';
import { attemptName } from '../../../domain/versions.ts';
import { metricText } from './metric.ts';
import { productLabel } from '../../../workload/container.ts';
import { devicesOf } from '../../../workload/hardware.ts';
import { datasetDigest, type Outputs } from '../stages/outputs.ts';
import { deliveryOf, outputURI } from '../stages/train/output.ts';
import type { Snapshot } from '../start/snapshot.ts';

/** An attempt that is to be registered. */
interface Registration {
  readonly run: Key;
  readonly snapshot: Snapshot;
  /** The UID of the attempt's first Job. */
  readonly attemptUID: string;
  readonly outputs: Outputs;
  readonly verdicts: readonly GateVerdict[];
}

/**
 * Whether a ModelVersion is what an attempt that passes registers, whoever made it. By which rules it passed may have been edited since it
 * was made.
 */
export function isRecordOf({ spec }: IModelVersion, wanted: IModelVersion): boolean {
  const judged = { gate: undefined, reason: undefined, metric: undefined };
  return showsItsOwn(spec) && sortedJSON({ ...spec, ...judged }) === sortedJSON({ ...wanted.spec, ...judged });
}

function showsItsOwn({ metric, metrics }: ModelVersionSpec): boolean {
  return metric === undefined || Object.entries(metrics).some(([name, value]) => metric === `${name}=${value}`);
}

/** The record of an attempt. It has no owner: to delete a run must not delete the registry of what is served. */
export function modelVersion(registration: Registration): IModelVersion {
  const { namespace, name } = registration.run;
  return {
    apiVersion,
    kind: 'ModelVersion',
    metadata: {
      name: attemptName(name, registration.snapshot.number),
      namespace,
      labels: { [label.managedBy]: managedBy, [label.trainingRun]: name },
    },
    spec: versionSpec(registration),
  };
}

function versionSpec({ run, snapshot, attemptUID, outputs, verdicts }: Registration): ModelVersionSpec {
  const { recipe } = snapshot;
  return defined<ModelVersionSpec>({
    number: snapshot.number,
    trainingRun: run.name,
    trainingRunUID: snapshot.runUID,
    attemptUID,
    recipeDigest: snapshot.recipeDigest,
    trigger: snapshot.trigger,
    coversUntil: snapshot.coversUntil,
    uri: outputURI(run.name, snapshot, outputs.uploader),
    digest: outputs.digest,
    digestSource: digestSourceOf(outputs),
    size: outputs.size,
    savedBy: recipe.output?.by ?? (deliveryOf(recipe) === 'Saved' ? 'Operator' : undefined),
    shortDigest: shortDigest(outputs.digest),
    metric: metricText(verdicts, outputs.metrics),
    metrics: outputs.metrics ?? {},
    profile: outputs.profile,
    image: recipe.image,
    imageDigest: outputs.image,
    command: recipe.command,
    args: recipe.args,
    workingDir: recipe.workingDir,
    env: recipe.env,
    envFrom: recipe.envFrom,
    resources: recipe.resources,
    accelerator: recipe.accelerator,
    nodes: recipe.nodes,
    rendezvous: recipe.rendezvous,
    checkpoint: recipe.checkpoint,
    results: recipe.results,
    pod: recipe.pod,
    hardware: hardwareOf(snapshot),
    source: recipe.source,
    datasets: recipe.datasets?.map(({ name, uri, digest }) =>
      defined<Dataset>({ name, uri, digest: datasetDigest(outputs, name) ?? digest }),
    ),
    parameters: recipe.parameters,
    seed: recipe.seed,
    gate: verdicts.length === 0 ? undefined : [...verdicts],
    champion: snapshot.champion?.name,
    reason: verdicts.length === 0 ? 'NoGate' : 'GatePassed',
  });
}

function digestSourceOf({ digest, isMeasured }: Outputs): ModelVersionSpec['digestSource'] {
  if (digest === undefined) return undefined;
  return isMeasured === true ? 'Measured' : 'Reported';
}

/** What a profile said when the attempt started can be read nowhere else once its Jobs are gone. */
function hardwareOf({ recipe, pod, hardware }: Snapshot): TrainedHardware | undefined {
  const devices = devicesOf(recipe.accelerator, hardware);
  if (devices === undefined) return undefined;
  const { resource, count, product } = devices;
  const profile = recipe.accelerator?.profile;
  // A person's label of nodes wins over a profile's.
  const asked = profile === undefined ? undefined : pod?.nodeSelector?.[productLabel(resource)];
  return defined<TrainedHardware>({ profile, resource, product: asked ?? product, count });
}
