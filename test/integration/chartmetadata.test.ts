import { beforeAll, describe, expect, it } from '@jest/globals';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { refusals } from './chart.ts';

let helm: string;

beforeAll(async () => {
  ({ helm } = await ensureBinaries(['helm']));
}, 900_000);

const refusalsOf = (...assignments: readonly string[]) => refusals(helm, assignments);

describe("Helm refuses what the API server would refuse of the operator's objects, half of the release made:", () => {
  it.each<[string, string, string]>([
    ...['podLabels', 'nodeSelector'].map((field): [string, string, string] => [
      `${field}.team=a b`,
      `${field}.team=a_b`,
      `${field} has "team=a b", which is no label: write keys as in topology.kubernetes.io/zone and values of letters, digits, "-", "_" and "."`,
    ]),
    ...['podAnnotations', 'serviceAccount.annotations', 'metrics.service.annotations'].map(
      (field): [string, string, string] => [
        `${field}.a team=b`,
        `${field}.team=a b`,
        `${field} has the key "a team", which is none of an annotation: write for instance example.com/team`,
      ],
    ),
    ...[
      'priorityClassName',
      'flowSchema.priorityLevel',
      'prometheus.ca.configMap',
      'prometheus.ca.secret',
      'prometheus.token.secret',
    ].map((field): [string, string, string] => [
      `${field}=Main_One,prometheus.url=https://prometheus`,
      `${field}=main.one,prometheus.url=https://prometheus`,
      `${field} is "Main_One", which is no name of an object: use at most 253 lower-case letters, digits, "-" and "."`,
    ]),
    [
      'imagePullSecrets={Registry}',
      'imagePullSecrets={registry}',
      'imagePullSecrets has "Registry", which is no name of a Secret: use at most 253 lower-case letters, digits, "-" and "."',
    ],
    ...['ca', 'token'].map((field): [string, string, string] => [
      `prometheus.${field}.key=..ca`,
      `prometheus.${field}.key=ca..crt`,
      `prometheus.${field}.key is "..ca", which is no key of a Secret or a ConfigMap: use letters, digits, "-", "_" and "."`,
    ]),
    [
      'tolerations[0].value=gpu',
      'tolerations[0].operator=Exists',
      'tolerations has a toleration without key: name that of the taint, or write operator: Exists to tolerate all',
    ],
    [
      'affinity.node=x',
      'affinity.nodeAffinity=null',
      'affinity has "node", which is unknown: known are nodeAffinity, podAffinity, podAntiAffinity',
    ],
    ...['metrics', 'dns', 'prometheus'].map((field): [string, string, string] => [
      `networkPolicy.${field}.namespaceSelector.name=x`,
      `networkPolicy.${field}.namespaceSelector.matchLabels.name=x`,
      `networkPolicy.${field}.namespaceSelector has "name", which is unknown: known are matchLabels, matchExpressions`,
    ]),
    ...['requests', 'limits'].map((field): [string, string, string] => [
      `observer.resources.${field}.gpu=1`,
      `observer.resources.${field}.cpu=100m`,
      `observer.resources.${field} has "gpu", which is unknown: known are cpu, memory`,
    ]),
    [
      'storage.resources.limits.gpu=1',
      'storage.resources.limits.ephemeral-storage=1Gi',
      'storage.resources.limits has "gpu", which is unknown: known are cpu, memory, ephemeral-storage',
    ],
  ])('%s, and takes %s', (refused, accepted, line) => {
    expect(refusalsOf(refused)).toEqual([line]);
    expect(refusalsOf(accepted)).toEqual([]);
  });

  it.each([
    ['networkPolicy=null', "at '': missing property 'networkPolicy'"],
    ['storage.s3=null', "at '/storage': missing property 's3'"],
    ['image.tag=null', "at '/image': missing property 'tag'"],
    ['networkPolicy.apiServer.ports=null', "at '/networkPolicy/apiServer': missing property 'ports'"],
  ])('%s, as where --reuse-values leaves out what a newer chart has', (taken, words) => {
    expect(refusalsOf(taken).join()).toContain(words);
  });

  it.each(['podLabels', 'nodeSelector', 'podAnnotations', 'affinity', 'tolerations', 'settings', 'watchNamespaces'])(
    'nothing where %s is null',
    (field) => {
      expect(refusalsOf(`${field}=null`)).toEqual([]);
    },
  );
});
