/** The CustomResourceDefinitions, which Helm leaves alone where a chart has them in its folder `crds`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { Kubectl } from '../../../hack/loop/kubectl.ts';
import { trainingRun } from '../outcomes/objects.ts';
import type { Place } from '../outcomes/place.ts';

const kinds = ['trainingruns', 'modelversions', 'modeldeployments', 'monitors'];
/** A field of TrainingRuns by which nothing else in the schema goes. */
const field = 'attemptHistoryLimit';

/** Takes a field out of a chart's TrainingRun, as if it had been added since: the last commit need not have added one. */
export function removeField(chart: string): void {
  const file = join(chart, 'files/crds/trainingruns.yaml');
  const definition = parseDocument(readFileSync(file, 'utf8'));
  const version = ['spec', 'versions', 0, 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties'];
  if (!definition.deleteIn([...version, field])) throw new Error(`${file} has no field ${field}`);
  writeFileSync(file, definition.toString());
}

/** Whether the API server knows the field. */
export async function hasField(place: Place): Promise<boolean> {
  return place.dryRun(trainingRun('latest', 1, { [field]: 3 })).then(
    () => true,
    (error: unknown) => {
      if (String(error).includes(`unknown field "spec.${field}"`)) return false;
      throw error;
    },
  );
}

/** The UIDs of the definitions: with another one, all objects of the kind would have gone. */
export async function definitions(kubectl: Kubectl): Promise<string> {
  const names = kinds.map((plural) => `${plural}.flyball.dev`);
  return kubectl.run(['get', 'crd', ...names, '--output', 'jsonpath={range .items[*]}{.metadata.uid}{"\\n"}{end}']);
}
