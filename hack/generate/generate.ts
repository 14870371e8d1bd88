/**
 * Makes from crds/*.yaml the interfaces and the model classes of our kinds in src/api/generated, and the chart's copy; and the
 * chart's list of the operator's settings and its table of values; and the pages of all reasons and all fields; the dashboards; and
 * the settings of Argo CD.
 * `--check` writes nothing and fails if the committed files are not what would be written.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { parse } from 'yaml';
import { argocdSettings, staleSettings, writeSettings } from './argocd.ts';
import { copyToChart, staleInChart } from './chart.ts';
import { staleDashboards, writeDashboards } from './dashboards/index.ts';
import { interfaceFiles } from './interfaces.ts';
import { modelsFile, schemasFile, structuralFile } from './models.ts';
import { reasonsPage, staleReasons, writeReasons } from './reasons.ts';
import { referencePages, stalePages, writePages } from './reference.ts';
import type { CustomResource, Schema } from './schema.ts';
import { readmeOfChart, staleReadme, writeReadme } from './values.ts';

const root = join(import.meta.dirname, '..', '..');
const source = join(root, 'crds');
const target = join(root, 'src', 'api', 'generated');

const banner = '// Generated from crds/*.yaml by `npm run generate`. Do not edit.\n\n';

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** What each CRD of a folder says about its kind, in the order of the kinds' names. Throws if a CRD has not exactly one version. */
export function readCustomResources(directory: string): readonly CustomResource[] {
  const files = readdirSync(directory).filter((file) => file.endsWith('.yaml'));
  const resources = files.map((file): CustomResource => {
    const { spec } = parse(readFileSync(join(directory, file), 'utf8')) as CustomResourceDefinition;
    const [version, ...others] = spec.versions;
    if (version === undefined || others.length > 0) throw new Error(`crds/${file}: one version is expected`);
    return {
      apiVersion: `${spec.group}/${version.name}`,
      kind: spec.names.kind,
      schema: version.schema.openAPIV3Schema,
    };
  });
  return resources.toSorted((a, b) => a.kind.localeCompare(b.kind));
}

/** The generated files by name. */
export async function generate(resources: readonly CustomResource[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map(await interfaceFiles(resources));
  files.set('schemas.ts', schemasFile(resources));
  files.set('structural.ts', structuralFile(resources));
  files.set('models.ts', modelsFile(resources));
  const pretty = [...files].map(async ([name, text]): Promise<[string, string]> => [
    name,
    await format(banner + text, { parser: 'typescript', printWidth: 120, singleQuote: true }),
  ]);
  return new Map(await Promise.all(pretty));
}

function stale(files: ReadonlyMap<string, string>): readonly string[] {
  const present = existsSync(target) ? readdirSync(target) : [];
  const superfluous = present.filter((name) => !files.has(name));
  const different = [...files]
    .filter(([name, text]) => !present.includes(name) || readFileSync(join(target, name), 'utf8') !== text)
    .map(([name]) => name);
  return [...different, ...superfluous];
}

function write(files: ReadonlyMap<string, string>): readonly string[] {
  const old = stale(files);
  mkdirSync(target, { recursive: true });
  for (const name of old) {
    const text = files.get(name);
    if (text === undefined) rmSync(join(target, name));
    else writeFileSync(join(target, name), text);
  }
  return old;
}

if (import.meta.main) {
  const resources = readCustomResources(source);
  const files = await generate(resources);
  const pages = await referencePages(resources);
  const reasons = await reasonsPage();
  const settings = await argocdSettings();
  const readme = await readmeOfChart();
  const check = process.argv.includes('--check');
  const changed = [
    ...(check ? stale(files) : write(files)).map((name) => `src/api/generated/${name}`),
    ...(check ? staleInChart() : copyToChart()).map((name) => `charts/flyball/files/${name}`),
    ...(check ? staleReasons(reasons) : writeReasons(reasons)),
    ...(check ? stalePages(pages) : writePages(pages)),
    ...(check ? staleDashboards() : writeDashboards()),
    ...(check ? staleSettings(settings) : writeSettings(settings)),
    ...(check ? staleReadme(readme) : writeReadme(readme)),
  ];
  if (changed.length === 0) console.log('all that is generated is current');
  else if (!check) console.log(`written:\n${changed.join('\n')}`);
  else {
    console.error(`not current, run npm run generate:\n${changed.join('\n')}`);
    process.exitCode = 1;
  }
}
