import { defined } from '../../../api/defined.ts';
import type { ITrainingRun } from '../../../api/types.ts';
import { keyOf } from '../../../api/resource.ts';
import { firstMatch } from '../../../api/rules.ts';
import { kubectl } from '../../../api/command.ts';
import type { Quote } from '../../../api/condition.ts';
import { type Remedy, written } from '../../../api/message.ts';
import { collidingParameters, parametersVariable } from '../stages/train/environment.ts';
import { isDataPinned, type Recipe } from '../../../domain/recipe.ts';
import { locate } from '../../../storage/index.ts';
import type { Making } from './snapshot.ts';
import type { Schedule } from './schedule.ts';
import type { RetrainRequest } from '../observe.ts';
import type { Problem } from '../attempt/waiting.ts';
import { fits, sizeOf } from '../../../api/size.ts';
import type { RunReason } from '../status/reasons.ts';

/** What an attempt would be made of, apart from what is derived of it. */
type Parts = Omit<Making, 'recipeDigest'>;

/** What cannot become a pod as it is meant. */
export function recipeProblem(run: ITrainingRun, making: Parts): Problem | undefined {
  return firstMatch([uriProblem, parameterProblem, variableProblem], run, making.recipe) ?? sizeProblem(run, making);
}

/**
 * Of the 256 KiB that the annotations of an object may have; the rest is for what else the snapshot says, the outputs of stages and the
 * installation's stores too.
 */
const largestMaking = 230 * 1024;

/** Each field is bounded by the schema, all of them together are not. */
function sizeProblem(run: ITrainingRun, { recipe, pod, hardware, storage }: Parts): Problem | undefined {
  const making = defined({ recipe, pod, hardware, storage });
  if (fits(making, largestMaking)) return undefined;
  const { pod: recipePod, ...fields } = recipe;
  const options = Object.entries({ ...recipePod, ...pod }).map(([name, value]) => [`pod.${name}`, value]);
  const { name, size } = largestOf({ ...fields, ...Object.fromEntries(options) });
  const what =
    `the recipe and the options of the pod have ${grouped(sizeOf(making))} bytes, and a Job can carry ` +
    grouped(largestMaking);
  const text = `shorten spec.${name}, which has ${grouped(size)}, for instance by a file in the image or in a dataset`;
  return ofSpec('RecipeTooLarge', what, corrected(run, text));
}

/** What Linux starts a program with at most, as one variable with its name (MAX_ARG_STRLEN without the final zero). */
const longestVariable = 131_071;

/** The schema counts characters, and JSON escapes some of them. */
function variableProblem(run: ITrainingRun, { parameters }: Recipe): Problem | undefined {
  if (parameters === undefined) return undefined;
  const bytes = `${parametersVariable}=`.length + sizeOf(parameters);
  if (bytes <= longestVariable) return undefined;
  const { name, size } = largestOf(parameters);
  const what =
    `spec.parameters make the variable ${parametersVariable} ${grouped(bytes)} bytes long, and no program starts with one of ` +
    `more than ${grouped(longestVariable)}`;
  const text = `shorten "${name}", which has ${grouped(size)}, for instance by a file in the image or in a dataset`;
  return ofSpec('ParametersTooLarge', what, corrected(run, text));
}

function largestOf(values: object): { readonly name: string; readonly size: number } {
  const sizes = Object.entries(values).map(([name, value]) => ({ name, size: sizeOf(value) }));
  return sizes.toSorted((one, other) => other.size - one.size)[0] ?? { name: '', size: 0 };
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

function parameterProblem(run: ITrainingRun, recipe: Recipe): Problem | undefined {
  const colliding = collidingParameters(recipe);
  if (colliding === undefined) return undefined;
  const what = `spec.parameters ${colliding.join(' and ')} would become the same FLYBALL_PARAMETER variable`;
  return ofSpec('ParametersCollide', what, corrected(run, 'rename one'));
}

/** The schema keeps URIs that cannot be located from being written, not from having been. */
function uriProblem(run: ITrainingRun, { datasets = [], output, checkpoint }: Recipe): Problem | undefined {
  const written = [output?.uri, checkpoint?.uri].flatMap((uri) => (uri === undefined ? [] : [locate(uri, 'Write')]));
  const problem = [...datasets.map(({ uri }) => locate(uri)), ...written].find(({ type }) => type === 'Unlocated');
  return problem?.type === 'Unlocated' ? ofSpec('URIMalformed', problem.message, corrected(run)) : undefined;
}

/** A schedule that only a cron parser can tell to be wrong. The other triggers work on. */
export function scheduleProblem(run: ITrainingRun, schedule: Schedule | undefined): Problem | undefined {
  if (schedule?.type !== 'Invalid') return undefined;
  const { message, words } = schedule;
  return ofSpec(
    'ScheduleInvalid',
    message,
    corrected(run),
    words === undefined ? undefined : { by: 'the cron parser', words },
  );
}

/** Data that is pinned by digest stays the same, so training again for a Monitor would change nothing. */
export function requestProblem(
  run: ITrainingRun,
  recipe: Recipe,
  requests: readonly RetrainRequest[],
): Problem | undefined {
  const names = requests.map((request) => request.monitor).toSorted();
  if (names.length === 0 || !isDataPinned(recipe)) return undefined;
  const what =
    `Monitor ${names.join(', ')} asks for training, but every dataset is pinned by its digest, so training again would ` +
    'change nothing';
  const message = written({
    what,
    remedies: [corrected(run, 'give spec.datasets the digests of newer data, or none')],
  });
  return { reason: 'DataPinned', message, isStalled: true };
}

function ofSpec(reason: RunReason, what: string, remedy: Remedy, quote?: Quote): Problem {
  return { reason, message: written({ what, remedies: [remedy], quote }), isStalled: true, isOfSpec: true };
}

function corrected(run: ITrainingRun, text = 'correct it'): Remedy {
  const { namespace, name } = keyOf(run);
  return { text, command: kubectl(namespace, 'edit', 'trun', name) };
}
