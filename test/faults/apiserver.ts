import { Agent } from 'undici';
import type { Administered, ApiServer, ServedResource } from './contract.ts';

export interface ApiServerOptions {
  readonly url: string;
  /** As PEM; undefined for plain HTTP. */
  readonly ca?: string;
  /** Of someone who may do everything. */
  readonly token: string;
}

/** Connects all proxies to an API server by one pool, and asks it what it serves. */
export async function connectApiServer({ url, ca, token }: ApiServerOptions): Promise<ApiServer> {
  const agent = new Agent({
    connect: ca === undefined ? {} : { ca },
    // Who waits too long for an answer or a watch's next frame is the operator, not the proxy.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 60_000,
  });
  const administer = async (method: string, path: string, body?: unknown): Promise<Administered> => {
    const answer = await agent.request({
      origin: url,
      path,
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    return { status: answer.statusCode, body: await answer.body.json() };
  };
  const resources = await servedResources(administer);
  return { url, ca, agent, resources, administer, close: () => agent.destroy() };
}

interface GroupList {
  readonly groups: readonly { readonly versions: readonly { readonly groupVersion: string }[] }[];
}

interface ResourceList {
  readonly groupVersion: string;
  readonly resources: readonly (ServedResource & { readonly name: string })[];
}

async function servedResources(administer: ApiServer['administer']): Promise<ReadonlyMap<string, ServedResource>> {
  const { groups } = (await administer('GET', '/apis')).body as GroupList;
  const versions = groups.flatMap((group) => group.versions.map(({ groupVersion }) => `/apis/${groupVersion}`));
  const lists = await Promise.all(['/api/v1', ...versions].map(async (path) => (await administer('GET', path)).body));
  const served = (lists as readonly ResourceList[]).flatMap(({ groupVersion, resources }) =>
    resources.map(({ name, kind, namespaced }) => [`${groupVersion}/${name}`, { kind, namespaced }] as const),
  );
  return new Map(served);
}
