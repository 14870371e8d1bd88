import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { trainingRuns } from '../../api/customkinds.ts';
import { Cluster } from './cluster.ts';
import { agentBy, type Proxies } from './proxy.ts';

let asked: string[] = [];
let proxy: Server;
let url = '';

beforeAll(async () => {
  proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(JSON.stringify({ metadata: {}, items: [] }));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
});
afterAll(() => {
  proxy.closeAllConnections();
  proxy.close();
});

async function list(server: string, proxies: Proxies): Promise<void> {
  const connect = () => Promise.resolve({ server, headers: {}, tls: {} });
  const cluster = new Cluster({ server, context: 'x', connect }, 'team', { agentOf: agentBy(proxies), timeout: 3000 });
  await cluster.all(trainingRuns, 'team').finally(() => cluster.close());
}

const wantPath = 'http://api.invalid/apis/flyball.dev/v1alpha1/namespaces/team/trainingruns?limit=500';

describe('The API server is asked', () => {
  it.each([
    ["the kubeconfig's proxy", () => ({ kubeconfig: url, http: 'http://127.0.0.1:1' })],
    ['that of the environment', () => ({ http: url })],
  ])('by %s', async (_, proxies) => {
    await list('http://api.invalid', proxies());
    expect(asked).toEqual([wantPath]);
  });

  it('without a proxy where NO_PROXY names it', async () => {
    await expect(list('http://api.invalid', { http: url, none: '.invalid' })).rejects.toThrow('api.invalid');
    expect(asked).toEqual([]);
  });

  it('without a proxy on this machine', async () => {
    await list(url, { http: 'http://127.0.0.1:1' });
    expect(asked).toHaveLength(1);
  });
});
