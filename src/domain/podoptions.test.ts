import { describe, expect, it } from '@jest/globals';
import type { PodOptions } from '../api/generated/shared.ts';
import { recipePod, surroundings } from './podoptions.ts';

const volumes = [{ name: 'code', mountPath: '/app', configMap: { name: 'code' } }];
const initContainers = [{ name: 'fetch-data', image: 'registry/fetch' }];

describe('The options of a pod', () => {
  it('are the recipe and the rest, and nothing is in both', () => {
    const options: PodOptions = { runAsUser: 1000, labels: { team: 'a' }, volumes, initContainers };
    expect(recipePod(options)).toEqual({ volumes, initContainers });
    expect(surroundings(options)).toEqual({ runAsUser: 1000, labels: { team: 'a' } });
  });

  it.each<[PodOptions | undefined]>([
    [undefined],
    [{}],
    [{ volumes: [], initContainers: [], sidecars: [], tolerations: [], imagePullSecrets: [] }],
    [{ nodeSelector: {}, labels: {}, annotations: {}, affinity: {} }],
    [{ serviceAccountName: 'default', schedulerName: 'default-scheduler', terminationGracePeriod: '30s' }],
    [{ automountServiceAccountToken: false }],
  ])('such as %j say nothing', (options) => {
    expect(recipePod(options)).toBeUndefined();
    expect(surroundings(options)).toBeUndefined();
  });

  it('lose what is so by default, and nothing else', () => {
    const mount = { name: 'code', mountPath: '/app' };
    const sidecars = [{ name: 'proxy', image: 'registry/proxy', volumeMounts: [{ ...mount, readOnly: false }] }];
    const tolerations = [
      { key: 'a', operator: 'Equal', value: '' },
      { key: 'b', operator: 'Exists' },
    ] as const;
    expect(surroundings({ sidecars, tolerations: [...tolerations], runAsGroup: 1 })).toEqual({
      sidecars: [{ name: 'proxy', image: 'registry/proxy', volumeMounts: [mount] }],
      tolerations: [{ key: 'a' }, { key: 'b', operator: 'Exists' }],
      runAsGroup: 1,
    });
    expect(recipePod({ volumes: [{ name: 'code', readOnly: true, emptyDir: {} }] })).toEqual({
      volumes: [{ name: 'code', readOnly: true, emptyDir: {} }],
    });
  });
});
