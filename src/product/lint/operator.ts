import { structuralSchemas } from '../../api/generated/structural.ts';
import type { ITrainingRun } from '../../api/types.ts';
import { surroundings } from '../../domain/podoptions.ts';
import { recipeOf } from '../../domain/recipe.ts';
import { recipeProblem, scheduleProblem } from '../../kinds/trainingrun/start/problems.ts';
import { parseSchedule } from '../../kinds/trainingrun/start/schedule.ts';
import { fieldOf, type ObjectFinding, type Path } from './finding.ts';

/** What the API server takes and the operator refuses, in the words of its conditions, for an object that the schema takes. */
export function operatorFindings(object: object): readonly ObjectFinding[] {
  return isTrainingRun(object) ? trainingRunFindings(object) : [];
}

function isTrainingRun(object: object): object is ITrainingRun {
  return 'kind' in object && object.kind === 'TrainingRun' && Object.hasOwn(structuralSchemas, object.kind);
}

function trainingRunFindings(run: ITrainingRun): readonly ObjectFinding[] {
  const { spec } = run;
  const making = { recipe: recipeOf(spec), pod: surroundings(spec.pod), hardware: undefined };
  const schedule = spec.schedule === undefined ? undefined : parseSchedule(spec.schedule, spec.timeZone);
  return [recipeProblem(run, making), scheduleProblem(run, schedule)].flatMap((problem) =>
    problem === undefined ? [] : [finding(problem.reason, problem.message)],
  );
}

/** Of what each reason is about. */
const paths: Readonly<Record<string, Path>> = {
  ParametersCollide: ['spec', 'parameters'],
  ParametersTooLarge: ['spec', 'parameters'],
  ScheduleInvalid: ['spec', 'schedule'],
};

/** The words of a condition without its commands, which edit an object that is there; who has a file edits that. */
export function operatorsWords(message: string): string {
  return message.replaceAll(/: `[^`]*`/g, '');
}

function finding(reason: string, message: string): ObjectFinding {
  const path = paths[reason] ?? ['spec'];
  return { severity: 'error', rule: 'Refused', field: fieldOf(path), path, message: operatorsWords(message) };
}
