import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { chart, named, release, type Rendered, renderChart } from './chart.ts';

const repository = resolve(import.meta.dirname, '../..');
const definitions = join(repository, 'crds');

interface Container {
  readonly image: string;
  readonly env: readonly { readonly name: string; readonly value?: string }[];
  readonly securityContext: unknown;
  readonly volumeMounts?: readonly { readonly mountPath: string }[];
}

interface Pod {
  readonly containers: readonly Container[];
  readonly volumes?: readonly { readonly projected: { readonly sources: unknown } }[];
}

const pod = (rendered: readonly Rendered[]): Pod =>
  (named(rendered, 'Deployment').spec as { template: { spec: Pod } }).template.spec;

function container(rendered: readonly Rendered[]): Container {
  const [only] = pod(rendered).containers;
  if (!only) throw new Error('the Deployment has no container');
  return only;
}

const environment = (rendered: readonly Rendered[]) =>
  Object.fromEntries(container(rendered).env.map(({ name, value }) => [name, value]));

let helm: string;
let objects: readonly Rendered[];

beforeAll(async () => {
  ({ helm } = await ensureBinaries(['helm']));
  objects = renderChart(helm);
}, 900_000);

describe('the chart as a whole', () => {
  it('passes helm lint without a warning', () => {
    const { stdout, stderr, status } = spawnSync(helm, ['lint', '--strict', chart], { encoding: 'utf8' });

    expect(`${stdout}${stderr}`).not.toMatch(/\[(WARNING|ERROR)\]/);
    expect(status).toBe(0);
  });

  it('lets helm test read the metrics, whoever else may', () => {
    const only = ['--set', 'networkPolicy.metrics.namespaceSelector.matchLabels.team=monitoring'];
    const shown = (name: string) => {
      const args = ['template', release.name, chart, '--show-only', `templates/${name}`, ...only];
      return parse(spawnSync(helm, args, { encoding: 'utf8' }).stdout) as Rendered;
    };

    const pod = shown('tests/metrics.yaml');
    const { ingress } = shown('networkpolicy.yaml').spec as {
      ingress: { from?: { podSelector?: { matchLabels: object } }[] }[];
    };
    const want = ingress.flatMap(({ from }) => from ?? []).find(({ podSelector }) => podSelector)?.podSelector;
    expect(pod.metadata).toMatchObject({ labels: want?.matchLabels });
    expect(Object.keys(want?.matchLabels ?? {})).toHaveLength(2);
  });

  it('renders no two objects of the same name', () => {
    const ids = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leaves out what is switched off', () => {
    const names = ['podDisruptionBudget', 'networkPolicy', 'flowSchema', 'crds', 'admission.operator'];
    const off = [...names.map((name) => `${name}.enabled=false`), 'rbac.aggregate=false', 'rbac.people=false'];
    const rendered = renderChart(helm, off);
    const found = rendered.map(({ kind }) => kind);

    const wantNone = ['PodDisruptionBudget', 'NetworkPolicy', 'FlowSchema', 'CustomResourceDefinition'];
    expect(found.filter((kind) => wantNone.includes(kind))).toEqual([]);
    expect(found.filter((kind) => kind === 'ClusterRole')).toHaveLength(1);
    expect(rendered.filter(({ metadata }) => metadata.name.startsWith('flyball-operator-'))).toEqual([]);
  });

  it.each([
    ['replicas=two', 'replicas'],
    ['replicas=-1', 'replicas'],
    ['image.pullPolicy=Sometimes', 'pullPolicy'],
    ['image.digest=latest', 'digest'],
    ['logLevel=chatty', 'logLevel'],
    ['prometheus.url=prometheus:9090', 'url'],
    ['prometheus.ca.file=/ca.crt', 'file'],
    ['prometheus.token.key=', 'key'],
    ['querySources[0].name=main', 'namespaces'],
    ['networkPolicy.prometheus.ports={http}', 'ports'],
    ['crds.keep=perhaps', 'keep'],
    ['replicaCount=3', 'replicaCount'],
  ])('refuses --set %s, naming %s', (assignment, wantNamed) => {
    expect(() => renderChart(helm, [assignment])).toThrow(wantNamed);
  });
});

describe('the CustomResourceDefinitions', () => {
  const files = readdirSync(definitions).filter((name) => name.endsWith('.yaml'));

  it.each(files)('%s is rendered as it is written and survives uninstall', (file) => {
    const want = parse(readFileSync(join(definitions, file), 'utf8')) as Rendered;
    const rendered = named(objects, 'CustomResourceDefinition', want.metadata.name);

    expect(rendered.spec).toEqual(want.spec);
    expect(rendered.metadata.annotations).toMatchObject({ 'helm.sh/resource-policy': 'keep' });
  });

  it('are deleted on uninstall only if the administrator asks for that', () => {
    const rendered = renderChart(helm, ['crds.keep=false']).filter(({ kind }) => kind === 'CustomResourceDefinition');

    expect(rendered).toHaveLength(files.length);
    for (const { metadata } of rendered)
      expect(metadata.annotations ?? {}).not.toHaveProperty(['helm.sh/resource-policy']);
  });
});

describe("the operator's pods", () => {
  it('meet the restricted Pod Security Standard with a read-only root', () => {
    const pod = (named(objects, 'Deployment').spec as { template: { spec: Record<string, unknown> } }).template.spec;

    expect(pod['securityContext']).toEqual({
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container(objects).securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod).not.toHaveProperty('volumes');
  });

  it('are two that prefer different nodes', () => {
    expect(named(objects, 'Deployment').spec).toMatchObject({
      replicas: 2,
      template: {
        spec: {
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                { podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' } },
              ],
            },
          },
        },
      },
    });
  });

  it('are told their settings in the environment, and nothing where none is set', () => {
    const plain = environment(objects);
    const wantSources = [{ name: 'main', url: 'http://prometheus:9090', namespaces: ['team-a'] }];
    const set = environment(
      renderChart(helm, [
        'prometheus.url=http://prometheus:9090',
        'querySources[0].name=main,querySources[0].url=http://prometheus:9090,querySources[0].namespaces={team-a}',
        'settings.leaseDuration=15000',
      ]),
    );

    expect(plain).not.toHaveProperty('FLYBALL_PROMETHEUS_URL');
    expect(plain).not.toHaveProperty('FLYBALL_QUERY_SOURCES');
    expect(plain).not.toHaveProperty('FLYBALL_SETTINGS');
    expect(set['FLYBALL_PROMETHEUS_URL']).toBe('http://prometheus:9090');
    expect(JSON.parse(set['FLYBALL_QUERY_SOURCES'] ?? '')).toEqual(wantSources);
    expect(JSON.parse(set['FLYBALL_SETTINGS'] ?? '')).toEqual({ leaseDuration: 15000 });
  });

  it('are told whether the API server guards what they read, as it does unless it is switched off', () => {
    const off = renderChart(helm, ['admission.provenance.enabled=false']);
    const policies = (rendered: readonly Rendered[]) =>
      rendered.filter(({ metadata }) => metadata.name.startsWith('flyball-provenance')).length;

    expect(environment(objects)['FLYBALL_PROVENANCE']).toBe('Admission');
    expect(environment(off)['FLYBALL_PROVENANCE']).toBe('Compare');
    expect(policies(objects)).toBeGreaterThan(0);
    expect(policies(off)).toBe(0);
  });

  it('are brought the files for Prometheus by the kubelet, each where it is set, and nothing else', () => {
    const https = 'prometheus.url=https://prometheus:9091';
    const files = (...assignments: readonly string[]) => {
      const rendered = renderChart(helm, [https, ...assignments]);
      const told = Object.entries(environment(rendered)).filter(([name]) => name.endsWith('_FILE'));
      const mounts = container(rendered).volumeMounts?.map(({ mountPath }) => mountPath);
      return { told: Object.fromEntries(told), mounts, sources: pod(rendered).volumes?.[0]?.projected.sources };
    };
    const at = '/etc/flyball/prometheus';
    const source = (name: string, key: string, path: string) => ({ name, items: [{ key, path }] });

    expect(files()).toEqual({ told: {}, mounts: undefined, sources: undefined });
    expect(files('prometheus.ca.configMap=authority', 'prometheus.ca.key=service-ca.crt')).toEqual({
      told: { FLYBALL_PROMETHEUS_CA_FILE: `${at}/ca.crt` },
      mounts: [at],
      sources: [{ configMap: source('authority', 'service-ca.crt', 'ca.crt') }],
    });
    expect(files('prometheus.ca.secret=authority', 'prometheus.token.secret=asker')).toEqual({
      told: { FLYBALL_PROMETHEUS_CA_FILE: `${at}/ca.crt`, FLYBALL_PROMETHEUS_TOKEN_FILE: `${at}/token` },
      mounts: [at],
      sources: [{ secret: source('authority', 'ca.crt', 'ca.crt') }, { secret: source('asker', 'token', 'token') }],
    });
    expect(files('prometheus.token.secret=asker').sources).toEqual([{ secret: source('asker', 'token', 'token') }]);
  });

  it('send no token in plain text, and take no authority from two places', () => {
    const url = (scheme: string) => `prometheus.url=${scheme}://prometheus:9090`;

    expect(() => renderChart(helm, [url('http'), 'prometheus.token.secret=asker'])).toThrow('must begin with https://');
    expect(() => renderChart(helm, [url('https'), 'prometheus.ca.secret=a,prometheus.ca.configMap=b'])).toThrow(
      'not both',
    );
  });

  it('run the image that the observers run, by digest where one is given', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const rendered = renderChart(helm, ['image.repository=example.test/flyball', `image.digest=${digest}`]);

    const want = `example.test/flyball@${digest}`;
    expect(container(rendered).image).toBe(want);
    expect(environment(rendered)['FLYBALL_IMAGE']).toBe(want);
  });

  it('may send to the API server and DNS only, and to Prometheus where one is set', () => {
    const ports = (rendered: readonly Rendered[]) =>
      (named(rendered, 'NetworkPolicy').spec as { egress: { ports: { port: number }[] }[] }).egress.flatMap((rule) =>
        rule.ports.map(({ port }) => port),
      );

    expect(ports(objects)).toEqual([443, 6443, 53, 53]);
    expect(ports(renderChart(helm, ['prometheus.url=http://prometheus:9090']))).toEqual([443, 6443, 53, 53, 9090]);
  });
});
