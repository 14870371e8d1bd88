/** What the chart gives the operator's account to do. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import * as kinds from '../../src/api/kinds.ts';
import { named, type Rendered, renderChart } from './chart.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

interface RoleRef {
  readonly kind: string;
  readonly name: string;
}

const rules = (role: Rendered): readonly Rule[] => role['rules'] as readonly Rule[];

let objects: readonly Rendered[];

beforeAll(async () => {
  const { helm } = await ensureBinaries(['helm']);
  objects = renderChart(helm);
}, 900_000);

describe("the operator's rights", () => {
  const granted = () => {
    const bound = objects.flatMap((object) => (object['roleRef'] as RoleRef | undefined) ?? []);
    return bound.flatMap(({ kind, name }) => rules(named(objects, kind, name)));
  };

  it('hold no wildcard', () => {
    for (const rule of granted()) {
      expect([...rule.apiGroups, ...rule.resources, ...rule.verbs]).not.toContainEqual(expect.stringContaining('*'));
    }
  });

  it('hold no Secret, no ConfigMap, no way into a pod and no way to more rights', () => {
    const resources = granted().flatMap((rule) => rule.resources);
    const verbs = granted().flatMap((rule) => rule.verbs);

    for (const none of [
      'secrets',
      'configmaps',
      'pods/exec',
      'pods/attach',
      'pods/portforward',
      'pods/log',
      'pods/proxy',
      'pods/ephemeralcontainers',
      'serviceaccounts',
      'serviceaccounts/token',
      'roles',
      'clusterroles',
      'rolebindings',
      'clusterrolebindings',
      'nodes',
    ]) {
      expect(resources).not.toContain(none);
    }
    for (const none of ['impersonate', 'bind', 'escalate']) expect(verbs).not.toContain(none);
  });

  it('let it read each kind of its code', () => {
    const own = rules(named(objects, 'ClusterRole'));

    for (const { apiVersion, plural } of Object.values(kinds)) {
      const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
      const verbs = own
        .filter((rule) => rule.apiGroups.includes(group ?? '') && rule.resources.includes(plural))
        .flatMap((rule) => rule.verbs);
      expect([plural, ...verbs]).toEqual(expect.arrayContaining([plural, 'get', 'list', 'watch']));
    }
  });

  it('let it write no spec of what people write and change no record of the registry', () => {
    const own = rules(named(objects, 'ClusterRole'));
    const verbsOf = (resource: string) =>
      own.filter((rule) => rule.resources.includes(resource)).flatMap((rule) => rule.verbs);

    for (const kind of ['trainingruns', 'modeldeployments', 'monitors']) {
      expect(verbsOf(kind)).toEqual(['get', 'list', 'watch']);
      expect(verbsOf(`${kind}/status`)).toEqual(['patch']);
    }
    expect(verbsOf('modelversions')).toEqual(['get', 'list', 'watch', 'create']);
  });
});
