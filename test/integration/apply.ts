import type { Answer, Environment, User } from './environment.ts';

interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: object };
}

const plurals = new Map<string, { readonly name: string; readonly namespaced: boolean }>();

/** The path of a kind's collection, in a namespace if the kind has namespaces. Throws if the API server does not serve the kind. */
export async function collection(
  environment: Environment,
  { apiVersion, kind }: Pick<Named, 'apiVersion' | 'kind'>,
  namespace = 'default',
): Promise<string> {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  if (!plurals.has(`${root} ${kind}`)) {
    const { body } = await environment.request('GET', root);
    const { resources = [] } = body as { resources?: { name: string; kind: string; namespaced: boolean }[] };
    for (const resource of resources) {
      if (!resource.name.includes('/')) plurals.set(`${root} ${resource.kind}`, resource);
    }
  }
  const found = plurals.get(`${root} ${kind}`);
  if (!found) throw new Error(`the API server serves no ${kind} of ${apiVersion}`);
  return `${root}${found.namespaced ? `/namespaces/${namespace}` : ''}/${found.name}`;
}

/** The answer to a server-side apply that refuses unknown fields. */
export async function applied(
  environment: Environment,
  object: Named,
  { user = 'admin', dryRun = false }: { readonly user?: User; readonly dryRun?: boolean } = {},
): Promise<Answer> {
  const path = `${await collection(environment, object, object.metadata.namespace)}/${object.metadata.name}`;
  const query = `fieldManager=test&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
  return environment.request('PATCH', `${path}?${query}`, {
    user,
    body: object,
    contentType: 'application/apply-patch+yaml',
  });
}
