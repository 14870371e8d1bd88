import type { ITrainingRun } from '../../../api/types.ts';
import { keyOf } from '../../../api/resource.ts';
import { firstMatch } from '../../../api/rules.ts';
import { editCommand } from '../status/advice.ts';
import { collidingParameters } from '../stages/train/environment.ts';
import { isDataPinned, type Recipe } from '../../../domain/recipe.ts';
import { locate } from '../../../storage/index.ts';
import type { Schedule } from './schedule.ts';
import type { RetrainRequest } from '../observe.ts';
import type { Problem } from '../attempt/waiting.ts';
import { fits, sizeOf } from '../../../api/size.ts';

/** A recipe that cannot become a pod as it is meant. */
export function recipeProblem(run: ITrainingRun, recipe: Recipe): Problem | undefined {
  return firstMatch([uriProblem, parameterProblem, sizeProblem], run, recipe);
}

/** Of the 256 KiB that the annotations of an object may have; the rest is for what else the snapshot says, the outputs of stages too. */
const largestRecipe = 230 * 1024;

/** Each field is bounded by the schema, all of them together are not. */
function sizeProblem(run: ITrainingRun, recipe: Recipe): Problem | undefined {
  if (fits(recipe, largestRecipe)) return undefined;
  const size = sizeOf(recipe);
  const sizes = Object.entries(recipe).map(([field, value]) => ({ field, size: sizeOf(value) }));
  const [largest] = sizes.toSorted((one, other) => other.size - one.size);
  return {
    reason: 'RecipeTooLarge',
    message:
      `the recipe has ${grouped(size)} bytes, and a Job can carry ${grouped(largestRecipe)}. Shorten spec.${largest?.field}, which has ` +
      `${grouped(largest?.size ?? 0)}, for instance by a file in the image or in a dataset: ${editCommand(keyOf(run))}`,
    isStalled: true,
  };
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

function parameterProblem(run: ITrainingRun, recipe: Recipe): Problem | undefined {
  const colliding = collidingParameters(recipe);
  if (colliding === undefined) return undefined;
  return {
    reason: 'ParametersCollide',
    message: `spec.parameters ${colliding.join(' and ')} would become the same FLYBALL_PARAMETER variable. Rename one: ${editCommand(keyOf(run))}`,
    isStalled: true,
  };
}

/** The schema keeps URIs that cannot be located from being written, not from having been. */
function uriProblem(run: ITrainingRun, { datasets = [], output }: Recipe): Problem | undefined {
  const uris = [...datasets.map(({ uri }) => uri), ...(output ? [output.uri] : [])];
  const problem = uris.map((uri) => locate(uri)).find(({ type }) => type === 'Unlocated');
  if (problem?.type !== 'Unlocated') return undefined;
  return {
    reason: 'URIMalformed',
    message: `${problem.message}. Correct it: ${editCommand(keyOf(run))}`,
    isStalled: true,
  };
}

/** A schedule that only a cron parser can tell to be wrong. The other triggers work on. */
export function scheduleProblem(run: ITrainingRun, schedule: Schedule | undefined): Problem | undefined {
  if (schedule?.type !== 'Invalid') return undefined;
  return {
    reason: 'ScheduleInvalid',
    message: `${schedule.message}. Correct it: ${editCommand(keyOf(run))}`,
    isStalled: true,
  };
}

/** Data that is pinned by digest stays the same, so training again for a Monitor would change nothing. */
export function requestProblem(
  run: ITrainingRun,
  recipe: Recipe,
  requests: readonly RetrainRequest[],
): Problem | undefined {
  const names = requests.map((request) => request.monitor).toSorted();
  if (names.length === 0 || !isDataPinned(recipe)) return undefined;
  return {
    reason: 'DataPinned',
    message:
      `Monitor ${names.join(', ')} asks for training, but every dataset is pinned by its digest, so training again would change nothing. ` +
      `Give spec.datasets the digests of newer data, or none: ${editCommand(keyOf(run))}`,
    isStalled: true,
  };
}
