import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from '../../src/api/resource.ts';
import type { Environment } from '../integration/environment.ts';
import { Cluster } from '../integration/faults/cluster.ts';
import { type Prometheus, startPrometheus } from '../integration/faults/prometheus.ts';
import { Administrator } from './administrator.ts';
import { connectApiServer } from './apiserver.ts';
import type { ApiServer } from './contract.ts';
import { Histories } from './history.ts';
import { allowInjection } from './injection.ts';
import { createNode } from './node.ts';
import { startStore, type Store } from '../integration/store.ts';

/** What all plans of a cluster share. */
export interface Ground {
  readonly environment: Environment;
  readonly administrator: Administrator;
  readonly apiServer: ApiServer;
  readonly prometheus: Prometheus;
  readonly histories: Histories;
  /** Started with the first plan that wants it. */
  store(): Promise<Store>;
  /** A directory that disappears with the cluster. */
  directory(name: string): string;
  stop(): Promise<void>;
}

/**
 * Starts a cluster without nodes, in which the operator may do what the chart gives it, and hold a Lease in any namespace. No policy says
 * who may write what the operator reads: of that the operator has to find out itself.
 */
export async function startGround(kinds: readonly Kind[]): Promise<Ground> {
  const cluster = await Cluster.start([], ['admission.provenance.enabled=false']);
  // Pods are played to as their changes are told, and not by a list of them all.
  cluster.kubelet.stop();
  const { environment } = cluster;
  const administrator = new Administrator(environment);
  await allowLeases(administrator);
  await allowInjection(administrator);
  await createNode(administrator);
  const prometheus = await startPrometheus();
  const histories = await Histories.start(administrator, kinds);
  const apiServer = await connectApiServer({
    url: environment.url,
    ca: environment.ca,
    token: environment.tokens.admin,
  });
  const directory = (name: string): string => {
    const path = join(environment.directory, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  let store: Promise<Store> | undefined;
  return {
    environment,
    administrator,
    apiServer,
    prometheus,
    histories,
    directory,
    store: () => (store ??= startStore(directory('store'))),
    stop: async () => {
      histories.stop();
      await (await store)?.stop();
      await apiServer.close();
      await prometheus.stop();
      await administrator.close();
      await cluster.stop();
    },
  };
}

async function allowLeases(administrator: Administrator): Promise<void> {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const metadata = { name: 'faults' };
  const rules = [
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update', 'patch'] },
    // What the frameworks of other operators need besides.
    { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
    { apiGroups: ['flyball.dev'], resources: ['trainingruns/status'], verbs: ['update', 'patch'] },
  ];
  const roleRef = { kind: 'ClusterRole', name: 'faults', apiGroup: 'rbac.authorization.k8s.io' };
  const subjects = [{ kind: 'ServiceAccount', namespace: 'flyball-system', name: 'flyball' }];
  const objects = {
    clusterroles: { apiVersion, kind: 'ClusterRole', metadata, rules },
    clusterrolebindings: { apiVersion, kind: 'ClusterRoleBinding', metadata, roleRef, subjects },
  };
  for (const [plural, body] of Object.entries(objects)) {
    const { status, body: answer } = await administrator.send('POST', `/apis/${apiVersion}/${plural}`, body);
    if (status !== 201) throw new Error(`the ${plural} are refused: ${JSON.stringify(answer)}`);
  }
}
