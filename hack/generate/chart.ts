import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings } from '../../src/settings.ts';

const root = join(import.meta.dirname, '..', '..');
const source = join(root, 'crds');
const files = join(root, 'charts', 'flyball', 'files');

/** The chart's copy of crds/: Helm packages neither what lies outside of a chart nor what a link points to. */
const target = join(files, 'crds');

/** The settings and their defaults, by which the chart refuses what the operator would not start with. */
const settings = { name: 'settings.json', text: `${JSON.stringify(defaultSettings, null, 2)}\n` };

/** The files of the chart, by their names in `files`, that are not as crds/ and the settings have it: other text, missing, or superfluous. */
export function staleInChart(): readonly string[] {
  const wanted = definitions(source);
  const present = definitions(target);
  const same = (name: string) => readFileSync(join(source, name)).equals(readFileSync(join(target, name)));
  return [
    ...wanted.filter((name) => !present.includes(name) || !same(name)),
    ...present.filter((name) => !wanted.includes(name)),
  ]
    .map((name) => `crds/${name}`)
    .concat(isCurrent(settings) ? [] : settings.name);
}

/** Brings the chart's files up to date. Returns the names of those that were written or removed. */
export function copyToChart(): readonly string[] {
  const stale = staleInChart();
  mkdirSync(target, { recursive: true });
  for (const path of stale) {
    const from = join(root, path);
    if (path === settings.name) writeFileSync(join(files, path), settings.text);
    else if (existsSync(from)) copyFileSync(from, join(files, path));
    else rmSync(join(files, path));
  }
  return stale;
}

function isCurrent({ name, text }: typeof settings): boolean {
  return existsSync(join(files, name)) && readFileSync(join(files, name), 'utf8') === text;
}

function definitions(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : [];
}
