/** Reads how an installation reaches stores, as the chart hands it to the operator. */
import { isFields } from '../domain/canonical.ts';
import { installationForms, isStorageInstallation, type StorageInstallation, usualStorage } from './installation.ts';
import { installationProblem } from './installationrules.ts';

const variable = 'FLYBALL_STORAGE';

/**
 * Reads a JSON object such as `{"image": "registry/flyball/storage:1"}`; as the chart has it if nothing is said.
 * @throws an Error that names the field and its value, and says what to write. Helm says the same: charts/flyball/templates/_storage.tpl.
 */
export function parseStorageInstallation(json: string | undefined): StorageInstallation {
  if (json === undefined || json === '') return usualStorage;
  const value = parsed(json);
  if (isStorageInstallation(value)) {
    const problem = installationProblem(value);
    if (problem === undefined) return value;
    throw new Error(`${variable} ${problem}`);
  }
  const known = new Map(Object.entries(installationForms));
  const fieldsOf = isFields(value) ? Object.entries(value) : [];
  const wrong = fieldsOf.find(([name, inner]) => known.get(name)?.(inner) !== true);
  const what = wrong === undefined ? 'lacks image' : `has the wrong field ${JSON.stringify(wrong[0])}`;
  throw new Error(`${variable} ${what}: write an object such as ${JSON.stringify(usualStorage)}`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`${variable} is not JSON: ${String(error)}`, { cause: error });
  }
}
