import { leases } from './leases.ts';
import { startOperator, type Operator, type OperatorOptions } from './operator.ts';
import { type Passed, startProxy } from './proxy.ts';
import type { Cluster } from './cluster.ts';
import { release } from '../chart.ts';
import { leaseName } from '../../../src/runtime/operator.ts';

/** An operator that is killed at moments of the test's choice and then started again, as the kubelet would do. */
export interface Mortal {
  /** After which writes it was killed, such as "POST jobs". */
  readonly deaths: readonly string[];
  /** Lets it live from now on. */
  spare(): void;
  stop(): Promise<void>;
}

/**
 * Starts an operator that dies by SIGKILL after each of its writes, when the API server has carried it out and the operator
 * does not know: so its next life begins between any two writes. Events are no writes in this sense, since nothing builds on
 * them.
 */
export async function startMortal(cluster: Cluster, options: OperatorOptions): Promise<Mortal> {
  const { environment } = cluster;
  const proxy = await startProxy(environment);
  const deaths: string[] = [];
  let isDoomed = true;
  let operator: Operator = await startOperator(environment, { ...options, url: proxy.url });
  let reborn: Promise<void> | undefined;

  const rebirth = async (): Promise<void> => {
    await operator.kill();
    // Its Lease would run out by itself; that this is waited for is tested elsewhere.
    await cluster.delete(leases, { namespace: release.namespace, name: leaseName });
    operator = await startOperator(environment, { ...options, url: proxy.url });
    reborn = undefined;
  };
  proxy.intercept({
    after: async (write, status) => {
      if (!isDoomed || status >= 300 || isEvent(write)) return true;
      if (reborn !== undefined) return false;
      deaths.push(titleOf(write));
      reborn = rebirth();
      return false;
    },
  });
  return {
    deaths,
    spare: () => {
      isDoomed = false;
    },
    stop: async () => {
      isDoomed = false;
      await reborn;
      await operator.stop();
      await proxy.stop();
    },
  };
}

function isEvent({ path }: Passed): boolean {
  return path.startsWith('/apis/events.k8s.io/');
}

/** "POST jobs" or "PATCH trainingruns/status". */
export function titleOf({ method, path }: Passed): string {
  const [, resource = '', , ...subresource] = path.replace(/^.*\/namespaces\/[^/]+/, '').split('/');
  return `${method} ${[resource, ...subresource].join('/')}`;
}
