import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { staleInChart } from '../../hack/generate/chart.ts';

const repository = resolve(import.meta.dirname, '../..');
const chart = join(repository, 'charts/flyball');
const text = (...path: string[]) => readFileSync(join(...path), 'utf8');

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
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

/** The lists whose items name Secrets, each by its path below the object. */
function listsOfSecrets({ properties = {}, items }: Schema, path: readonly string[] = []): string[] {
  if (items?.properties?.['secretKeyRef'] !== undefined) return [path.join('.')];
  const inner = Object.entries({ ...properties, ...items?.properties });
  return inner.flatMap(([name, schema]) => listsOfSecrets(schema, [...path, name]));
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

  it('asks about every Secret that an object may name, by whichever field', () => {
    const named = definitions.flatMap((file) => {
      const { spec } = parse(text(repository, 'crds', file)) as {
        spec: { names: { plural: string }; versions: [{ schema: { openAPIV3Schema: Schema } }] };
      };
      const lists = listsOfSecrets(spec.versions[0].schema.openAPIV3Schema);
      return lists.map((path) => `"${spec.names.plural}" "env" "${path}"`);
    });
    const policies = text(chart, 'templates/admission-policies.yaml');
    const fields = definitions.flatMap((file) => text(repository, 'crds', file).match(/^ +secret[A-Za-z]*:$/gm) ?? []);

    expect(named.filter((one) => !policies.includes(one))).toEqual([]);
    expect(named).toHaveLength(fields.length);
  });
});
