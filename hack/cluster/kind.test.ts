import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface KindConfiguration {
  readonly kind: string;
  readonly apiVersion: string;
  readonly nodes: readonly { role: string; extraMounts: readonly { hostPath: string; containerPath: string }[] }[];
  readonly kubeadmConfigPatchesJSON6902: readonly { version: string; kind: string; patch: string }[];
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value: { readonly name: string; readonly value: string };
}

const configuration = parse(readFileSync(join(import.meta.dirname, 'kind.yaml'), 'utf8')) as KindConfiguration;
const [patch] = configuration.kubeadmConfigPatchesJSON6902;
const operations = parse(patch?.patch ?? '') as readonly Operation[];

test("kind's configuration is one control-plane node of the version that kind reads", () => {
  expect(configuration.kind).toBe('Cluster');
  expect(configuration.apiVersion).toBe('kind.x-k8s.io/v1alpha4');
  const want = ['control-plane'];
  expect(configuration.nodes.map((node) => node.role)).toEqual(want);
});

test('the API server of kind writes its audit log into the folder that the host shares', () => {
  const [mount] = configuration.nodes[0]?.extraMounts ?? [];
  const want = [
    ['audit-policy-file', `${mount?.containerPath}/policy.yaml`],
    ['audit-log-path', `${mount?.containerPath}/audit.log`],
    ['audit-log-maxsize', '2000'],
  ];
  const appended = operations.filter((operation) => operation.path === '/apiServer/extraArgs/-');
  expect(appended.map(({ value }) => [value.name, value.value])).toEqual(want);
});

test('the audit patch addresses the kubeadm version of the pinned node image', () => {
  const want = { version: 'v1beta4', kind: 'ClusterConfiguration' };
  expect(patch).toMatchObject(want);
});
