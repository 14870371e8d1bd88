/** A TrainingRun that trains a version again. */
import { defined } from '../../api/defined.ts';
import { apiVersion, group } from '../../api/labels.ts';
import { keyOf } from '../../api/resource.ts';
import type { Dataset, IModelVersion, ITrainingRun, ModelVersionSpec, TrainingRunSpec } from '../../api/types.ts';
import { surroundings } from '../../domain/podoptions.ts';
import { recipeOf } from '../../domain/recipe.ts';
import { isRemote } from '../../storage/index.ts';
import { recipeDigest } from '../../kinds/trainingrun/start/digest.ts';

export interface Replay {
  readonly run: ITrainingRun;
  /** What whoever applies it has to know: what is not recorded, and what cannot be the same. */
  readonly notes: readonly string[];
}

export interface ReplayFacts {
  readonly version: IModelVersion;
  /** The run that made it, as it is now; absent if it is gone. */
  readonly origin: ITrainingRun | undefined;
  /** The names of runs that exist, or have left versions. */
  readonly taken: ReadonlySet<string>;
}

export const replayOf = `${group}/replay-of`;

/** The longest name of a run, by the schema. */
const longestName = 40;

/** Without gate and schedule: what is asked is whether it is the same, not whether it is good. */
export function replay({ version, origin: named, taken }: ReplayFacts): Replay {
  const { namespace, name } = keyOf(version);
  // One that was made again under its name may run elsewhere.
  const origin = named?.metadata?.uid === version.spec.trainingRunUID ? named : undefined;
  const { spec } = version;
  const image = pinnedImage(spec);
  const run: ITrainingRun = {
    apiVersion,
    kind: 'TrainingRun',
    metadata: { name: freeName(spec, taken), namespace, annotations: { [replayOf]: name } },
    spec: defined<TrainingRunSpec>({
      ...recorded(spec),
      image,
      storage: origin?.spec.storage,
      pod: podOf(spec, origin),
    }),
  };
  return { run, notes: notesOf(version, origin, image) };
}

/** The recipe as far as it is recorded, with the digests of the data that was read. */
function recorded(spec: ModelVersionSpec): TrainingRunSpec {
  return defined<TrainingRunSpec>({
    image: spec.image,
    command: spec.command,
    args: spec.args,
    workingDir: spec.workingDir,
    env: spec.env,
    envFrom: spec.envFrom,
    resources: spec.resources,
    accelerator: spec.accelerator,
    nodes: spec.nodes,
    rendezvous: spec.rendezvous,
    source: spec.source,
    datasets: spec.datasets,
    parameters: spec.parameters,
    seed: spec.seed,
    checkpoint: spec.checkpoint,
    output: outputOf(spec),
    results: spec.results,
    pod: spec.pod,
  });
}

/** Where the folders of all attempts are; in another store than a claim, each of their pods has one below its attempt's. */
function outputOf({ uri, savedBy }: ModelVersionSpec): TrainingRunSpec['output'] {
  if (uri === undefined) return undefined;
  const parts = uri.split('/').slice(0, isRemote(uri) ? -2 : -1);
  return defined<NonNullable<TrainingRunSpec['output']>>({
    uri: parts.join('/'),
    by: savedBy === 'Container' ? savedBy : undefined,
  });
}

/**
 * Whether the record holds all of the recipe, as its digest tells. Of a dataset the record has the digest that was reported, which the recipe
 * need not have: it is one of the recipes that differ in nothing else.
 */
export function isWhole({ spec }: IModelVersion): boolean {
  const datasets = spec.datasets ?? [];
  const reported = datasets.filter(({ digest }) => digest !== undefined).map(({ name }) => name);
  // More are all pinned, or none is.
  const sets = reported.length > 8 ? [[], reported] : subsets(reported);
  return sets.some((pinned) => {
    const recipe = recipeOf({ ...recorded(spec), datasets: datasets.map((one) => pinnedIn(one, pinned)) });
    return recipeDigest(recipe) === spec.recipeDigest;
  });
}

function subsets(names: readonly string[]): string[][] {
  return names.reduce<string[][]>((sets, name) => [...sets, ...sets.map((set) => [...set, name])], [[]]);
}

function pinnedIn({ digest, ...dataset }: Dataset, pinned: readonly string[]): Dataset {
  return digest !== undefined && pinned.includes(dataset.name) ? { ...dataset, digest } : dataset;
}

/** The image by its digest, if the node told one by which it can be pulled. */
function pinnedImage({ image, imageDigest = '' }: ModelVersionSpec): string {
  if (image.includes('@')) return image;
  const reference = imageDigest.replace(/^[a-z-]+:\/\//, '');
  return reference.includes('@') ? reference : image;
}

/** Where its pods run is no recipe, and recorded nowhere: it is what the run says now. */
function podOf({ pod }: ModelVersionSpec, origin: ITrainingRun | undefined): TrainingRunSpec['pod'] {
  const options = { ...surroundings(origin?.spec.pod), ...pod };
  return Object.keys(options).length === 0 ? undefined : options;
}

function freeName({ trainingRun, number }: ModelVersionSpec, taken: ReadonlySet<string>): string {
  for (let attempt = 1; ; attempt += 1) {
    const end = `-${number}-replay${attempt === 1 ? '' : `-${attempt}`}`;
    const name = `${trainingRun.slice(0, longestName - end.length).replace(/-+$/, '')}${end}`;
    if (!taken.has(name)) return name;
  }
}

function notesOf(version: IModelVersion, origin: ITrainingRun | undefined, image: string): string[] {
  const { spec } = version;
  const unknown = (spec.datasets ?? []).filter(({ digest }) => digest === undefined).map(({ name }) => name);
  const uris = [spec.uri, ...(spec.datasets ?? []).map(({ uri }) => uri), spec.checkpoint?.uri];
  const isFetched = uris.some((uri) => uri !== undefined && isRemote(uri));
  const refers = (spec.envFrom ?? []).length > 0 || (spec.env ?? []).some(({ value }) => value === undefined);
  return [
    isWhole(version)
      ? `All of the recipe is recorded, as its digest ${spec.recipeDigest} shows.`
      : `Not all of the recipe is recorded: its digest is not ${spec.recipeDigest}. Compare it with what you know.`,
    ...(image.includes('@') ? [] : [movableImage(spec)]),
    ...unknown.map((name) => `Dataset ${name} has no recorded digest: what is there now is read.`),
    ...((spec.datasets ?? []).length > unknown.length
      ? ['Where the data has changed since, the attempt fails if the container reports its digest.']
      : []),
    ...(spec.seed === undefined ? ['It had no seed: what is random is not the same.'] : []),
    ...(isFetched && origin === undefined
      ? ['By which credentials stores are asked is not recorded: add spec.storage if they ask for any.']
      : []),
    ...(refers ? ['ConfigMaps and Secrets are read as they are now.'] : []),
    ...(spec.champion === undefined ? [] : [`It was trained beside the champion ${spec.champion}; this one has none.`]),
    ...(spec.digest === undefined ? ['It reported no digest of its model, so that only metrics can be compared.'] : []),
    ...(spec.accelerator?.profile === undefined ? [] : [profileNote(spec)]),
    origin === undefined
      ? 'Where its pods ran is not recorded, and its TrainingRun is gone: add what they need to spec.pod.'
      : `Where its pods run is what TrainingRun ${spec.trainingRun} says now.`,
  ];
}

/** A profile may be edited since; what it was is recorded beside the recipe. */
function profileNote({ accelerator, hardware }: ModelVersionSpec): string {
  const { resource, product } = hardware ?? {};
  const was =
    resource === undefined ? '' : `: it was ${resource}${product === undefined ? '' : ` of product ${product}`}`;
  return `Profile ${accelerator?.profile} counts as the installation has it now${was}.`;
}

function movableImage({ imageDigest }: ModelVersionSpec): string {
  return imageDigest === undefined
    ? 'The digest of the image is not recorded: its name may stand for another one now.'
    : `The node told the image as ${imageDigest}, by which none can be pulled: its name may stand for another one now.`;
}
