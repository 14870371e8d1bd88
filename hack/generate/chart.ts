import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const source = join(root, 'crds');

/** The chart's copy of crds/: Helm packages neither what lies outside of a chart nor what a link points to. */
const target = join(root, 'charts', 'flyball', 'files', 'crds');

/** The names of the files in which the chart's copy of crds/ differs from it: other text, missing, or superfluous. */
export function staleInChart(): readonly string[] {
  const wanted = definitions(source);
  const present = definitions(target);
  const same = (name: string) => readFileSync(join(source, name)).equals(readFileSync(join(target, name)));
  return [
    ...wanted.filter((name) => !present.includes(name) || !same(name)),
    ...present.filter((name) => !wanted.includes(name)),
  ];
}

/** Makes the chart's copy of crds/ equal to it. Returns the names of the files that were written or removed. */
export function copyToChart(): readonly string[] {
  const stale = staleInChart();
  mkdirSync(target, { recursive: true });
  for (const name of stale) {
    if (existsSync(join(source, name))) copyFileSync(join(source, name), join(target, name));
    else rmSync(join(target, name));
  }
  return stale;
}

function definitions(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : [];
}
