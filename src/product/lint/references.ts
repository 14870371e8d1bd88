import { fieldOf, type ObjectFinding, type Path } from './finding.ts';
import { type Fields, isFields } from './object.ts';
import { nearest, shortened } from './words.ts';

interface ReferringField {
  readonly from: string;
  readonly path: readonly string[];
  readonly to: string;
}

/** The fields by which people's objects name others that people write. Versions are the operator's to write. */
const referring: readonly ReferringField[] = [
  { from: 'ModelDeployment', path: ['spec', 'model', 'trainingRunRef', 'name'], to: 'TrainingRun' },
  { from: 'Monitor', path: ['spec', 'modelDeploymentRef', 'name'], to: 'ModelDeployment' },
  { from: 'Monitor', path: ['spec', 'retrain', 'trainingRunRef', 'name'], to: 'TrainingRun' },
];

/** What an object names that none of the files has. It may be in the cluster, so that this is no fault. */
export function referenceFindings(object: Fields, all: readonly Fields[]): readonly ObjectFinding[] {
  return referring
    .filter(({ from }) => object['kind'] === from)
    .flatMap(({ path, to }) => {
      const name = valueAt(object, path);
      if (typeof name !== 'string' || all.some((other) => isReferred(other, to, name, object))) return [];
      const names = all.filter(({ kind }) => kind === to).map((other) => valueAt(other, ['metadata', 'name']));
      const meant = nearest(
        name,
        names.filter((other) => typeof other === 'string').filter((other) => other !== name),
      );
      const remedy =
        meant === undefined
          ? 'it has to be in the cluster, in the same namespace'
          : `did you mean "${shortened(meant)}"?`;
      const message = `${to} "${shortened(name)}" is in none of the files: ${remedy}`;
      return [note(path, message)];
    });
}

/** Whether a reference by this name means an object. One without a namespace may be in any. */
export function isReferred(object: Fields, kind: string, name: string, from: object): boolean {
  if (object['kind'] !== kind || valueAt(object, ['metadata', 'name']) !== name) return false;
  const [own, other] = [object, from].map((one) => valueAt(one, ['metadata', 'namespace']));
  return own === undefined || other === undefined || own === other;
}

function valueAt(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, field) => (isFields(value) && Object.hasOwn(value, field) ? value[field] : undefined),
    object,
  );
}

function note(path: Path, message: string): ObjectFinding {
  return { severity: 'note', rule: 'Reference', field: fieldOf(path), path, message };
}
