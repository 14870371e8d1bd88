import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

export const chart = resolve(import.meta.dirname, '../../charts/flyball');
export const release = { name: 'flyball', namespace: 'flyball-system' } as const;

/** An object as the chart renders it. */
export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
  readonly [field: string]: unknown;
}

/**
 * The objects that the chart installs, without its tests. `assignments` are values as in `helm --set`, `values` those of a file.
 * Throws with Helm's own words where it refuses a value.
 */
export function renderChart(
  helm: string,
  assignments: readonly string[] = [],
  values: object = {},
): readonly Rendered[] {
  const set = assignments.flatMap((assignment) => ['--set', assignment]);
  const { stdout, stderr, status } = spawnSync(
    helm,
    ['template', release.name, chart, '--namespace', release.namespace, '--skip-tests', '--values', '-', ...set],
    { input: JSON.stringify(values), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout)
    .map((document) => document.toJS() as Rendered | null)
    .filter((object): object is Rendered => object !== null);
}

/** One of the objects that the chart renders. Throws if it does not. */
export function named(objects: readonly Rendered[], kind: string, name: string = release.name): Rendered {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!found) throw new Error(`the chart renders no ${kind} ${name}`);
  return found;
}

/** What Helm says of values that cannot work, line by line; empty if it renders them. */
export function refusals(helm: string, assignments: readonly string[]): readonly string[] {
  try {
    renderChart(helm, assignments);
    return [];
  } catch (error) {
    const said = String(error).split('these values cannot work:')[1] ?? String(error);
    return said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Use --debug'));
  }
}
