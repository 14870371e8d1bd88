import { parse } from 'yaml';
import { isFields } from './object.ts';

/** The files of a kustomization that are no objects, but parts of objects that others complete. */
export function patchesOf(kustomization: string): readonly string[] {
  const fields = parsed(kustomization);
  if (!isFields(fields)) return [];
  const { patches, patchesStrategicMerge: merged, patchesJson6902: edits } = fields;
  return [...pathsIn(patches), ...pathsIn(edits), ...(Array.isArray(merged) ? merged : [])]
    .filter((path) => typeof path === 'string')
    .map((path) => path.replace(/^[.]\//, ''));
}

function pathsIn(patches: unknown): readonly unknown[] {
  return Array.isArray(patches) ? patches.flatMap((patch: unknown) => (isFields(patch) ? [patch['path']] : [])) : [];
}

/** What cannot be read is told when it is linted itself. */
function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}
