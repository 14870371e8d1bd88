import type { IEnvVar } from 'kubernetes-models/v1';
import { jobController } from '../../../../api/labels.ts';
import { attemptName } from '../../../../domain/versions.ts';
import { environment as containerEnvironment, literals } from '../../../../workload/environment.ts';
import { variablesOn } from '../../../../workload/hardware.ts';
import { jobName } from '../../attempt/names.ts';
import type { Recipe } from '../../../../domain/recipe.ts';
import { deliveryOf, outputURI, uploaderOf } from './output.ts';
import { rendezvous } from './rendezvous.ts';
import type { Snapshot } from '../../start/snapshot.ts';

/** Where a training container finds what it reads and where it leaves what it makes. */
export const path = {
  datasets: '/flyball/datasets',
  output: '/flyball/output',
  checkpoint: '/flyball/checkpoint',
  champion: '/flyball/champion',
  results: '/dev/termination-log',
} as const;

/** Where the training container leaves what it found out. */
export function resultsPath({ results }: Recipe): string {
  return results?.path ?? path.results;
}

/** The variable that has all parameters as one JSON object. */
export const parametersVariable = 'FLYBALL_PARAMETERS';

/**
 * The variables of a training container: Flyball's, those of the rendezvous, which a user's may replace, and the user's.
 */
export function environment(run: string, snapshot: Snapshot, retry: number): IEnvVar[] {
  const { recipe, number, hardware } = snapshot;
  const job = jobName(attemptName(run, number), 'Train', retry);
  return containerEnvironment(
    [...literals(contract(run, snapshot)), ...upload(run, snapshot)],
    variablesOn(recipe.env, hardware),
    rendezvous(recipe, job),
  );
}

function contract(run: string, { number, recipe, champion }: Snapshot): Record<string, string | undefined> {
  const parameters = recipe.parameters ?? {};
  const values: Record<string, string | undefined> = {
    FLYBALL_RUN: run,
    FLYBALL_ATTEMPT: attemptName(run, number),
    FLYBALL_RESULTS: resultsPath(recipe),
    FLYBALL_SEED: recipe.seed?.toString(),
    FLYBALL_OUTPUT: recipe.output && deliveryOf(recipe) !== 'Uploaded' ? path.output : undefined,
    FLYBALL_CHECKPOINT: recipe.checkpoint && path.checkpoint,
    FLYBALL_SOURCE_REPOSITORY: recipe.source?.repository,
    FLYBALL_SOURCE_REVISION: recipe.source?.revision,
    FLYBALL_CHAMPION: champion?.uri && path.champion,
    FLYBALL_CHAMPION_VERSION: champion?.name,
    FLYBALL_CHAMPION_URI: champion?.uri,
    [parametersVariable]: JSON.stringify(parameters),
  };
  for (const [name, value] of Object.entries(parameters)) values[`FLYBALL_PARAMETER_${variableName(name)}`] = value;
  for (const { name } of recipe.datasets ?? []) {
    values[`FLYBALL_DATASET_${variableName(name)}`] = `${path.datasets}/${name}`;
  }
  return values;
}

/** Where a container that uploads its output by itself has to bring it; Kubernetes puts the UID in its place. */
function upload(run: string, snapshot: Snapshot): IEnvVar[] {
  const { recipe } = snapshot;
  const uri = deliveryOf(recipe) === 'Uploaded' ? outputURI(run, snapshot, '$(FLYBALL_UPLOAD_UID)') : undefined;
  if (uri === undefined) return [];
  const fieldPath = uploaderOf(recipe) === 'Pod' ? 'metadata.uid' : `metadata.labels['${jobController.uid}']`;
  return [
    { name: 'FLYBALL_UPLOAD_UID', valueFrom: { fieldRef: { fieldPath } } },
    { name: 'FLYBALL_OUTPUT_URI', value: uri },
  ];
}

/** The first two parameters that would become the same variable, if any do: one of them would be lost. */
export function collidingParameters(recipe: Recipe): readonly [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const name of Object.keys(recipe.parameters ?? {}).toSorted()) {
    const other = seen.get(variableName(name));
    if (other !== undefined) return [other, name];
    seen.set(variableName(name), name);
  }
  return undefined;
}

function variableName(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}
