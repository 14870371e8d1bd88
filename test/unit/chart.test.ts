import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { staleInChart } from '../../hack/generate/chart.ts';
import { secretFieldsOf } from '../integration/admission/naming.ts';

const repository = resolve(import.meta.dirname, '../..');
const chart = join(repository, 'charts/flyball');
const text = (...path: string[]) => readFileSync(join(...path), 'utf8');

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
}

/** The paths of all values that have a default, down to where the schema leaves the shape to Kubernetes. */
function paths(values: unknown, schema: Schema | undefined, path = ''): string[] {
  if (typeof values !== 'object' || values === null || Array.isArray(values) || !schema?.properties) return [path];
  return Object.entries(values).flatMap(([name, value]) =>
    paths(value, schema.properties?.[name], path ? `${path}.${name}` : name),
  );
}

function at(schema: Schema, path: string): Schema | undefined {
  return path.split('.').reduce<Schema | undefined>((inner, name) => inner?.properties?.[name], schema);
}

describe('the chart', () => {
  const definitions = readdirSync(join(repository, 'crds'));
  const schema = JSON.parse(text(chart, 'values.schema.json')) as Schema;
  const values = parse(text(chart, 'values.yaml')) as unknown;

  it('holds the same CustomResourceDefinitions as crds/ (npm run generate)', () => {
    expect(staleInChart()).toEqual([]);
  });

  it.each(definitions)('%s reads the same as YAML 1.1, which kubectl and Helm speak, and as 1.2', (file) => {
    const source = text(repository, 'crds', file);

    expect(parse(source, { version: '1.1' })).toEqual(parse(source));
  });

  it('bears the version of the package', () => {
    const { version } = JSON.parse(text(repository, 'package.json')) as { version: string };

    expect(parse(text(chart, 'Chart.yaml'))).toMatchObject({ version, appVersion: version });
  });

  it('describes each value that has a default in its schema', () => {
    const wantNone = paths(values, schema).filter((path) => !at(schema, path)?.description);

    expect(wantNone).toEqual([]);
  });

  it('has a default for each value of its schema', () => {
    const leaves = (inner: Schema, path: string): string[] =>
      inner.properties
        ? Object.entries(inner.properties).flatMap(([name, next]) => leaves(next, path ? `${path}.${name}` : name))
        : [path];
    const wantDefaults = leaves(schema, '').filter((path) => path !== 'global');

    expect(wantDefaults.filter((path) => !paths(values, schema).includes(path))).toEqual([]);
  });

  it('refuses unknown values at every level of its schema', () => {
    const open = (inner: Schema, path: string): string[] =>
      inner.properties
        ? [
            ...(inner.additionalProperties === false ? [] : [path]),
            ...Object.entries(inner.properties).flatMap(([name, next]) => open(next, `${path}.${name}`)),
          ]
        : [];

    expect(open(schema, 'values')).toEqual([]);
  });

  it('says of each group of values that is missing that it is, but of resources, which may be left to the cluster', () => {
    const missed = (inner: Schema, path: string): string[] =>
      Object.entries(inner.properties ?? {}).flatMap(([name, next]) => [
        ...(!next.properties || name === 'resources' || inner.required?.includes(name) ? [] : [`${path}.${name}`]),
        ...missed(next, `${path}.${name}`),
      ]);

    expect(missed(schema, 'values')).toEqual([]);
  });

  it('asks about every Secret that an object may name, by whichever field', () => {
    const named = Object.fromEntries(
      definitions
        // A version is a record: nothing is made of it, and only the operator writes it.
        .filter((file) => file !== 'modelversions.yaml')
        .map((file) => [file, secretFieldsOf(file.replace('.yaml', ''))] as const)
        .filter(([, all]) => all.length),
    );
    // What a refusal calls a field stands in the expression that reads it, with the names of items put in between.
    const policy = text(chart, 'templates/secrets-policy.yaml').replaceAll(/' \+ \w+\.name \+ '/g, '');
    const asked = ['initContainers', 'sidecars'].flatMap(
      (list) => policy.replaceAll('{{ $containers }}', list).match(/(?<=\{\{ \$main }}\.)[A-Za-z[\].]+(?=')/g) ?? [],
    );

    const below = (path: string) => [...new Set(asked)].map((field) => `${path}.${field}`).toSorted();
    expect(named).toEqual({
      'trainingruns.yaml': below('spec'),
      'modeldeployments.yaml': below('spec.server'),
    });
  });
});
