/** What the chart makes for Prometheus and Grafana, by promtool and by the Prometheus Operator's CustomResourceDefinitions. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ensureBinaries } from '../../../hack/cluster/binaries.ts';
import { moduleSource } from '../../../hack/cluster/sources.ts';
import { applied } from '../apply.ts';
import { chart, release, type Rendered, renderChart } from '../chart.ts';
import { type Environment, startEnvironment } from '../environment.ts';
import { eventually } from '../program.ts';

const parts = ['podMonitor', 'serviceMonitor', 'prometheusRule', 'dashboards'];
const allOn = parts.map((part) => `monitoring.${part}.enabled=true`);
const operator = 'github.com/prometheus-operator/prometheus-operator';

let helm: string;
let promtool: string;
const rendered = (...values: readonly string[]) =>
  renderChart(helm, values).filter(
    ({ kind, metadata }) => kind.endsWith('Monitor') || kind.endsWith('Rule') || metadata.name.includes('dashboard'),
  );

beforeAll(async () => {
  ({ helm, promtool } = await ensureBinaries(['helm', 'promtool']));
}, 900_000);

describe('The alerts', () => {
  it.each([
    ['are rules that Prometheus takes', ['check', 'rules', '--lint=all', '--lint-fatal', join(chart, 'alerts.yaml')]],
    ['fire when they should, and not otherwise', ['test', 'rules', join(import.meta.dirname, 'alerts.yaml')]],
  ])('%s', (_, args) => {
    const { status, stdout, stderr } = spawnSync(promtool, args, { encoding: 'utf8' });

    expect([status, status === 0 ? '' : `${stdout}${stderr}`]).toEqual([0, '']);
  });

  it('are each played', () => {
    const names = (file: string) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:alert: |alertname=")(\w+)/g)].map(([, name]) => name);

    expect(new Set(names(join(import.meta.dirname, 'alerts.yaml')))).toEqual(
      new Set(names(join(chart, 'alerts.yaml'))),
    );
  });
});

describe('What the chart makes', () => {
  let environment: Environment;

  beforeAll(async () => {
    environment = await startEnvironment();
    const definitions = join(moduleSource('prometheus-operator', operator), 'example/prometheus-operator-crd');
    for (const plural of ['podmonitors', 'servicemonitors', 'prometheusrules']) {
      const file = join(definitions, `monitoring.coreos.com_${plural}.yaml`);
      const { status, body } = await applied(environment, parse(readFileSync(file, 'utf8')) as Rendered);
      if (status >= 300) throw new Error(JSON.stringify(body));
    }
    const path = '/apis/monitoring.coreos.com/v1/prometheusrules';
    const isServed = async () => (await environment.request('GET', path)).status === 200;
    if (!(await eventually(isServed, { limitMs: 30_000 }))) throw new Error('the kinds are not served');
    await applied(environment, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: release.namespace } });
  }, 900_000);

  afterAll(async () => environment?.stop());

  it('is nothing unless it is asked for', () => {
    expect(rendered()).toEqual([]);
  });

  it('is taken by the API server, with every field known', async () => {
    const objects = rendered(...allOn, 'monitoring.podMonitor.labels.release=prometheus');
    const answers = await Promise.all(objects.map((object) => applied(environment, object)));

    expect(objects.map(({ kind }) => kind).toSorted()).toEqual([
      'ConfigMap',
      'ConfigMap',
      'PodMonitor',
      'PrometheusRule',
      'ServiceMonitor',
    ]);
    expect(answers.map(({ status }) => status)).toEqual(objects.map(() => 201));
  });

  it('has in its dashboards what Grafana reads, each under an identity of its own', () => {
    const texts = rendered(...allOn).flatMap((object) =>
      Object.values((object['data'] ?? {}) as Record<string, string>),
    );
    const dashboards = texts.map((text) => JSON.parse(text) as { uid: string; title: string; panels: unknown[] });

    expect(dashboards.map(({ uid, title }) => `${uid}: ${title}`)).toEqual([
      'flyball-operator: Flyball / Operator',
      'flyball-product: Flyball / Product',
    ]);
  });

  it('watches the observers of the namespaces alone that the operator watches', () => {
    const [monitor] = rendered('monitoring.podMonitor.enabled=true', 'watchNamespaces={fraud,wine}');

    expect(monitor?.spec).toMatchObject({ namespaceSelector: { matchNames: ['fraud', 'wine'] } });
  });

  it('takes what the pods are from the cluster, as the scrape configuration of the example does', () => {
    const example = readFileSync(join(chart, '../../examples/prometheus/prometheus.yml'), 'utf8');
    const { scrape_configs: configs } = parse(example) as {
      scrape_configs: { job_name: string; relabel_configs: { target_label?: string; source_labels: string[] }[] }[];
    };
    const observers = configs.find(({ job_name: name }) => name === 'flyball-observers');
    const wanted = (observers?.relabel_configs ?? []).filter(
      ({ target_label: target }) => target !== undefined && target !== 'pod',
    );
    const [monitor] = rendered('monitoring.podMonitor.enabled=true');
    const { podMetricsEndpoints: endpoints } = (monitor?.spec ?? {}) as {
      podMetricsEndpoints: { relabelings: { sourceLabels?: string[]; targetLabel: string; replacement?: string }[] }[];
    };

    expect(endpoints[0]?.relabelings).toEqual([
      ...wanted.map((rule) => ({ sourceLabels: rule.source_labels, targetLabel: rule.target_label })),
      { targetLabel: 'job', replacement: 'flyball-observers' },
    ]);
  });
});
