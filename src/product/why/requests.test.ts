import { describe, expect, it } from '@jest/globals';
import type { IContainer, IPod } from 'kubernetes-models/v1';
import { requestsOf } from './requests.ts';

type PodSpec = NonNullable<IPod['spec']>;

const asking = (name: string, requests: Readonly<Record<string, string>>, more: Partial<IContainer> = {}) => ({
  name,
  resources: { requests },
  ...more,
});
const beside = { restartPolicy: 'Always' };
const requestsIn = (spec: PodSpec) => requestsOf({ apiVersion: 'v1', kind: 'Pod', spec });

describe('What a pod asks of its node', () => {
  it('is that of main and of the sidecars beside it, also where main is an init container that is saved', () => {
    const initContainers = [
      asking('fetch', { cpu: '1', memory: '256Mi' }),
      asking('checkpoint', { cpu: '500m' }, beside),
      asking('main', { cpu: '4', 'nvidia.com/gpu': '2' }),
    ];
    const containers = [asking('save', { cpu: '250m' })];
    expect(requestsIn({ initContainers, containers })).toEqual({
      cpu: 4.5,
      memory: 256 * 1024 * 1024,
      'nvidia.com/gpu': 2,
      pods: 1,
    });
  });

  it('does not count a sidecar beside what ended before it was started', () => {
    const initContainers = [asking('first', { cpu: '2' }), asking('proxy', { cpu: '1' }, beside)];
    expect(requestsIn({ initContainers, containers: [asking('main', { cpu: '500m' })] })).toEqual({ cpu: 2, pods: 1 });
    expect(requestsIn({ initContainers, containers: [asking('main', { cpu: '3' })] })).toEqual({ cpu: 4, pods: 1 });
  });

  it('is what is limited where nothing else is said, and what the runtime takes as well', () => {
    const containers = [{ name: 'main', resources: { limits: { cpu: '2', memory: '1Ki' }, requests: { cpu: '1' } } }];
    expect(requestsIn({ containers, overhead: { cpu: '250m' } })).toEqual({ cpu: 1.25, memory: 1024, pods: 1 });
  });
});
