/** The version of a release stands in package.json; what else has to name it is read here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

export const { version } = JSON.parse(read('package.json')) as { readonly version: string };

/** Each place that names the version, with what stands there. */
export function namedVersions(): Readonly<Record<string, string>> {
  const chart = parse(read('charts/flyball/Chart.yaml')) as { readonly version: string; readonly appVersion: string };
  const lock = JSON.parse(read('package-lock.json')) as { readonly version: string };
  return {
    'version of charts/flyball/Chart.yaml': chart.version,
    'appVersion of charts/flyball/Chart.yaml': chart.appVersion,
    'version of package-lock.json': lock.version,
  };
}

/** @throws unless all places name the version of package.json, and the tag is that version behind a "v". */
export function checkVersions(tag: string, named = namedVersions(), expected = version): void {
  const others = Object.entries(named).filter(([, one]) => one !== expected);
  const wrong = others.map(([place, one]) => `the ${place} is ${one}`);
  if (tag !== `v${expected}`) wrong.unshift(`the tag is ${tag}`);
  if (wrong.length > 0) throw new Error(`The version of package.json is ${expected}, but ${wrong.join(', and ')}.`);
}
