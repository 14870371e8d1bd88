import { describe, expect, it } from '@jest/globals';
import { Deployment } from 'kubernetes-models/apps/v1';
import type { ServerSpec } from '../../../src/api/types.ts';
import { buildDeployment } from '../../../src/kinds/modeldeployment/revision/deployment.ts';
import { protocols } from '../../../src/kinds/modeldeployment/revision/protocols/index.ts';
import { artifact, modelDeployment, server } from '../../builders/modeldeployment.ts';
import { grpcHealth } from './protocol.ts';

describe('A protocol that is added to the array', () => {
  it('gives a server that names it its probes, and the others theirs', () => {
    const all = [...protocols, grpcHealth];
    const wantProbe = { grpc: { port: 8080, service: 'inference.GRPCInferenceService' } };
    const main = mainOf({ ...server, protocol: grpcHealth.name as ServerSpec['protocol'] });
    expect(main?.readinessProbe).toMatchObject(wantProbe);
    expect(main?.startupProbe).toMatchObject(wantProbe);
    expect(mainOf(server)?.readinessProbe).toMatchObject({ httpGet: { path: '/v2/health/ready', port: 8080 } });

    function mainOf(served: ServerSpec) {
      const parent = modelDeployment({ spec: { server: served } });
      const template = {
        parent,
        revision: '0a1b2c3d',
        model: artifact(1),
        profile: {},
        observerImage: 'x',
        replicas: 1,
      };
      const deployment = buildDeployment(template, all);
      if (deployment === undefined) throw new Error('not built');
      new Deployment(deployment).validate();
      return deployment.spec?.template.spec?.containers[0];
    }
  });
});
