import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';

interface Schema {
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string }[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly maxLength?: number;
}

function fieldOf(plural: string, path: readonly string[]): Schema {
  const file = join(import.meta.dirname, '../../crds', `${plural}.yaml`);
  const crd = parse(readFileSync(file, 'utf8')) as {
    spec: { versions: [{ schema: { openAPIV3Schema: Schema } }] };
  };
  const [{ schema }] = crd.spec.versions;
  return path.reduce<Schema>((at, name) => at.properties?.[name] ?? {}, schema.openAPIV3Schema);
}

it('the longest output of a TrainingRun, with the name of an attempt, is a URI that a ModelVersion can hold', () => {
  const longestAttempt = '/'.length + 63;
  const rules = fieldOf('trainingruns', ['spec', 'output'])['x-kubernetes-validations'] ?? [];
  const output = Number(rules.map(({ rule }) => /^size\(self\.uri\) <= ([0-9]+)$/.exec(rule)?.[1]).find(Boolean));
  const wantAtMost = fieldOf('modelversions', ['spec', 'uri']).maxLength;

  expect(output + longestAttempt).toBeLessThanOrEqual(wantAtMost ?? 0);
});
