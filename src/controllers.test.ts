import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { createControllers, parseQuerySources } from './controllers.ts';

describe('the query sources of the administrator', () => {
  it('are none if none are given', () => {
    expect(parseQuerySources(undefined)).toEqual([]);
    expect(parseQuerySources('')).toEqual([]);
  });

  it('are read from a list', () => {
    const want = [{ name: 'main', url: 'http://prometheus:9090', namespaces: ['team-a'] }];
    expect(parseQuerySources(JSON.stringify(want))).toEqual(want);
  });

  it.each(['{', '{}', '[1]', '[{"name": "main", "url": "prometheus", "namespaces": ["team-a"]}]'])(
    'are refused with the variable named if they are %s',
    (json) => {
      expect(() => parseQuerySources(json)).toThrow(/^FLYBALL_QUERY_SOURCES/);
    },
  );
});

describe('The controllers', () => {
  it('are one for each kind that people write, with a sampler whose memory of Monitors is exported', async () => {
    const registry = new Registry();
    const options = {
      prometheusUrl: undefined,
      querySources: [],
      observerImage: 'x',
      provenance: 'Compare' as const,
      queryTimeout: 1000,
      registry,
    };
    const { controllers, sampler } = createControllers(options);
    expect(controllers.map(({ kind }) => kind.kind)).toEqual(['TrainingRun', 'ModelDeployment', 'Monitor']);
    const [, , { kind } = { kind: undefined }] = controllers;
    const metadata = { namespace: 'team', name: 'fraud', uid: 'a' };
    const status = { checks: [{ name: 'drift', verdict: 'Passing' }] };
    const object = { apiVersion: 'flyball.dev/v1alpha1', kind: 'Monitor', metadata, status };
    if (kind !== undefined) await sampler.answers(kind, object, [], new Date(0));
    expect(await registry.metrics()).toContain('monitor="fraud",check="drift",verdict="Passing"} 1');
  });
});
