import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { configurationFiles } from './configuration.ts';
import { addressesOf, bridgeAddress, layoutOf } from './layout.ts';
import { argumentsOf, startOrder } from './programs.ts';

function facts(name: string, slot = 7) {
  return { layout: layoutOf(name), addresses: addressesOf(slot), gpuProduct: 'NVIDIA-H100-80GB-HBM3' };
}

test("each cluster's pods run below a cgroup of its own", () => {
  const cgroupRoot = (name: string): string => {
    const kubelet = configurationFiles(facts(name), '/usr/lib/cni')['kubelet.yaml'] ?? '';
    return (parse(kubelet) as { cgroupRoot: string }).cgroupRoot;
  };
  expect(cgroupRoot('one')).toBe('/flyball-one');
  expect(cgroupRoot('two')).toBe('/flyball-two');
});

test('pods ask the DNS server that CoreDNS is bound to', () => {
  const files = configurationFiles(facts('one'), '/usr/lib/cni');
  expect((parse(files['kubelet.yaml'] ?? '') as { clusterDNS: string[] }).clusterDNS).toEqual([bridgeAddress]);
  expect(files['Corefile']).toContain(`bind ${bridgeAddress}`);
});

test('API server and controller manager agree on the range of Service addresses', () => {
  const want = '--service-cluster-ip-range=10.96.112.0/20';
  expect(argumentsOf('kube-apiserver', facts('one'))).toContain(want);
  expect(argumentsOf('kube-controller-manager', facts('one'))).toContain(want);
});

test('etcd starts before the API server, and therefore stops after it', () => {
  expect(startOrder.indexOf('etcd')).toBeLessThan(startOrder.indexOf('kube-apiserver'));
});

test('the kubelet starts last, and therefore stops first', () => {
  expect(startOrder.at(-1)).toBe('kubelet');
});
