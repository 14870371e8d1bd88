import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { isMarked, isOfRelease, mark, named, namespaces } from './mark.ts';

describe('The manifests of the demo', () => {
  test.each([
    ['quickstart', namespaces.loop],
    ['fast', namespaces.loop],
    ['prometheus', namespaces.monitoring],
  ])('of %s have its mark, and its namespace', (name, namespace) => {
    const file = join(import.meta.dirname, 'manifests', name, 'kustomization.yaml');
    const { labels, ...rest } = parse(readFileSync(file, 'utf8')) as { labels: unknown; namespace: string };
    expect({ labels, namespace: rest.namespace }).toEqual({
      labels: [{ pairs: { [mark.key]: mark.value } }],
      namespace,
    });
  });
});

test('An object is the demo’s by the value of the mark too, and Helm’s for it by the namespace of the release too', () => {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a', labels: { [mark.key]: 'other' } } };
  expect(isMarked(object)).toBe(false);
  const annotations = { 'meta.helm.sh/release-name': 'flyball-demo', 'meta.helm.sh/release-namespace': 'team' };
  expect(isOfRelease({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', annotations } })).toBe(false);
  expect(named({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'team' } })).toBe('Pod team/a');
});
