import { describe, expect, it } from '@jest/globals';
import type { IService } from 'kubernetes-models/v1';
import { modelDeployment, server } from '../../../../test/builders/modeldeployment.ts';
import { keyOf } from '../../../api/resource.ts';
import { pods } from './pods.ts';
import { buildService } from './service.ts';
import type { TrafficFacts } from './traffic.ts';

const facts: TrafficFacts = {
  parent: modelDeployment(),
  services: [],
  trafficObjects: [],
  takesGRPC: false,
  unserved: [],
};

function sharers(candidate: number, stable: number, available = candidate) {
  return {
    candidate: { revision: 'b', ready: candidate, available },
    stable: { revision: 'a', ready: stable, available: stable },
  };
}

describe('Weights by numbers of pods', () => {
  it.each([
    [4, 25, { candidate: 1, stable: 3 }],
    [4, 50, { candidate: 2, stable: 2 }],
    [10, 5, { candidate: 1, stable: 9 }],
    [100, 5, { candidate: 5, stable: 95 }],
    [1, 50, { candidate: 1, stable: 1 }],
    [2, 99, { candidate: 2, stable: 1 }],
    [0, 50, { candidate: 0, stable: 0 }],
  ])('%d replicas at weight %d are %j', (replicas, weight, want) => {
    expect(pods.counts(weight, replicas)).toEqual(want);
  });

  it('are told apart where there are no pods', () => {
    expect(pods.isSame(25, 50, 0)).toBe(false);
    expect(pods.isSame(25, 50, 1)).toBe(true);
  });

  it('the weight reached is the share of the pods that are ready', () => {
    expect(pods.weight(sharers(1, 4), facts)).toBe(20);
    expect(pods.weight(sharers(1, 3), facts)).toBe(25);
    expect(pods.weight(sharers(0, 0), facts)).toBe(0);
    expect(pods.weight({ candidate: { revision: 'b', ready: 2, available: 0 } }, facts)).toBe(100);
  });

  it('are reached once the candidate has its pods and what serves has no more than its own', () => {
    const counts = { candidate: 1, stable: 3 };
    const reached = [sharers(0, 3), sharers(1, 4), sharers(1, 3), sharers(2, 2)].map((ready) =>
      pods.reached({ ...ready, weight: 25, counts }, facts),
    );
    expect(reached).toEqual([false, false, true, true]);
  });

  it('are not reached by pods that are ready, but not for long enough', () => {
    const counts = { candidate: 1, stable: 3 };
    expect(pods.reached({ ...sharers(1, 3, 0), weight: 25, counts }, facts)).toBe(false);
  });

  it('are the same if they come to the same numbers', () => {
    expect(pods.isSame(5, 25, 4)).toBe(true);
    expect(pods.isSame(25, 50, 4)).toBe(false);
    expect(pods.isSame(5, 25, 100)).toBe(false);
  });

  it('let any available pod take the place of any other', () => {
    expect([pods.kept(4, 1), pods.kept(1, 4), pods.kept(4, 0), pods.kept(4, -2)]).toEqual([1, 1, 0, 0]);
  });
});

describe('The entrance by numbers of pods', () => {
  it('is the Service of all revisions, which is created when it is missing', () => {
    const service = buildService(facts.parent, false);
    const split = { counts: { candidate: 0, stable: 4 } };
    expect(pods.entrance(facts)).toMatchObject({ missing: { reason: 'ServiceMissing' } });
    expect(pods.actions(split, facts)).toMatchObject({ beforeShrink: [], afterGrow: [{ object: service }] });
    const there = { ...facts, services: [service] };
    expect(pods.entrance(there)).toEqual({ url: 'http://fraud.team.svc' });
    expect(pods.actions(split, there)).toEqual({ beforeShrink: [], afterGrow: [] });
  });

  it('has no address where nothing leads to our pods, so that none is told that is another’s', () => {
    expect(pods.entrance(facts)).not.toHaveProperty('url');
    const { spec } = buildService(facts.parent, false);
    const edits: NonNullable<IService['spec']>[] = [
      { ...spec, type: 'ExternalName', externalName: 'evil.example' },
      { ...spec, selector: { ...spec?.selector, app: 'other' } },
      { ...spec, selector: { 'flyball.dev/model-deployment': 'other' } },
      { ...spec, selector: {} },
      { ...spec, ports: [{ port: 80, targetPort: 9999 }] },
    ];
    for (const edited of edits) {
      const service = { ...buildService(facts.parent, false), spec: edited };
      const found = pods.entrance({ ...facts, services: [service] });
      expect(found).not.toHaveProperty('url');
      expect(found.missing).toMatchObject({
        reason: 'ServiceEdited',
        message: expect.stringContaining('`kubectl -n team delete service fraud`'),
      });
    }
  });

  it.each<[string, NonNullable<IService['spec']>]>([
    ['is also reached from outside', { type: 'LoadBalancer' }],
    ['has one more port', { ports: [...(buildService(facts.parent, false).spec?.ports ?? []), { port: 443 }] }],
    ['selects by fewer labels of ours', { selector: { 'flyball.dev/model-deployment': 'fraud' } }],
  ])('is the Service still where it %s', (_, edit) => {
    const service = buildService(facts.parent, false);
    const services = [{ ...service, spec: { ...service.spec, ...edit } }];
    expect(pods.entrance({ ...facts, services })).toEqual({ url: 'http://fraud.team.svc' });
  });
});

describe('The port for gRPC', () => {
  const parent = modelDeployment({ spec: { server: { ...server, grpcPort: 9000 } } });
  const without = buildService(parent, false);
  const withIt = buildService(parent, true);
  const split = { counts: { candidate: 0, stable: 4 } };
  const due = (service: IService, takesGRPC: boolean) =>
    pods.actions(split, { ...facts, parent, takesGRPC, services: [service] }).afterGrow;
  const patched = (ports: readonly object[]) => [{ type: 'Patch', key: keyOf(without), patch: { spec: { ports } } }];

  it('is the second of a Service, and says what it speaks', () => {
    expect(withIt.spec?.ports).toEqual([
      ...(without.spec?.ports ?? []),
      { name: 'grpc', port: 8001, targetPort: 'grpc', protocol: 'TCP', appProtocol: 'kubernetes.io/h2c' },
    ]);
    expect(buildService(modelDeployment(), false).spec?.ports).toHaveLength(1);
  });

  it('is added to a Service that was made without it, beside all that others have added, and the address is told meanwhile', () => {
    const theirs = {
      ...without,
      spec: { ...without.spec, ports: [...(without.spec?.ports ?? []), { name: 'own', port: 443 }] },
    };
    expect(due(theirs, true)).toMatchObject(patched([...theirs.spec.ports, withIt.spec?.ports?.[1] ?? {}]));
    expect(pods.entrance({ ...facts, parent, takesGRPC: true, services: [without] })).toEqual({
      url: 'http://fraud.team.svc',
    });
  });

  it('is taken away once nobody listens, and until then nothing is written', () => {
    expect(due(withIt, true)).toEqual([]);
    expect(due(without, false)).toEqual([]);
    expect(due(withIt, false)).toMatchObject(patched(without.spec?.ports ?? []));
  });

  it('is not added beside another of its number, which the API server would refuse: that is told, by its name', () => {
    const taken = (protocol: 'TCP' | 'UDP') => ({
      ...without,
      spec: { ...without.spec, ports: [...(without.spec?.ports ?? []), { name: 'debug', port: 8001, protocol }] },
    });
    const entrance = (protocol: 'TCP' | 'UDP') =>
      pods.entrance({ ...facts, parent, takesGRPC: true, services: [taken(protocol)] });
    expect(due(taken('TCP'), true)).toEqual([]);
    expect(entrance('TCP')).toMatchObject({
      missing: { reason: 'ServiceEdited', message: expect.stringContaining('its port 8001 ("debug")') },
    });
    expect(due(taken('UDP'), true)).toHaveLength(1);
    expect(entrance('UDP')).toEqual({ url: 'http://fraud.team.svc' });
  });

  it('is written to the version of the Service that was read, so that no port is lost that was added since', () => {
    const read = { ...without, metadata: { ...without.metadata, resourceVersion: '7' } };
    expect(due(read, true)).toMatchObject([{ patch: { metadata: { resourceVersion: '7' } } }]);
  });

  it('that leads elsewhere is told where some listen for it, and left to who made it where nobody does', () => {
    const ports = [...(without.spec?.ports ?? []), { name: 'grpc', port: 8001, targetPort: 1 }];
    const services = [{ ...without, spec: { ...without.spec, ports } }];
    const entrance = (takesGRPC: boolean) => pods.entrance({ ...facts, parent, takesGRPC, services });
    expect(entrance(true)).toMatchObject({ missing: { reason: 'ServiceEdited' } });
    expect(entrance(false)).toEqual({ url: 'http://fraud.team.svc' });
    for (const one of services) expect([due(one, true), due(one, false)]).toEqual([[], []]);
  });

  it('is not written to a Service that is going', () => {
    const going = { ...without, metadata: { ...without.metadata, deletionTimestamp: '2026-11-24T10:00:00Z' } };
    expect(due(going, true)).toEqual([]);
  });
});
