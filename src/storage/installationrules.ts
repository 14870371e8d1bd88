/** What an installation's storage cannot be. Helm refuses the same in the same words: charts/flyball/templates/_storage.tpl. */
import { firstMatch, type Rule } from '../api/rules.ts';
import { bytesOf } from '../domain/quantity.ts';
import type { StorageInstallation } from './installation.ts';

/** In bytes: each container that reaches a store holds them in a variable, and the snapshot of an attempt holds them too. */
const mostCertificates = 16_384;

/** In bytes: what fetches and saves takes about half of it, whatever the size of an artifact. */
const leastMemory = '256Mi';

/** Why this cannot be the storage of an installation: the field, its value and what to write. Undefined if it can. */
export function installationProblem(installation: StorageInstallation): string | undefined {
  return firstMatch(rules, installation);
}

const rules: readonly Rule<[StorageInstallation], string>[] = [
  imageProblem,
  endpointProblem,
  regionProblem,
  certificatesProblem,
  proxyProblem,
  amountProblem,
  limitProblem,
  memoryProblem,
];

/** As the rule of ImageReference in crds/ has it. */
const imageReference =
  /^((([-A-Za-z0-9]+[.:][-A-Za-z0-9.:]*)|(\[[0-9A-Fa-f:]+\](:[0-9]+)?))\/)?[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*(\/[a-z0-9]+(([.]|_{1,2}|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$/;

function imageProblem({ image, fetchImage }: StorageInstallation): string | undefined {
  const [wrong] = Object.entries({ image, 'fetch.image': fetchImage }).filter(
    ([, reference]) => reference !== undefined && !imageReference.test(reference),
  );
  if (wrong === undefined) return undefined;
  return `${wrong[0]} is ${JSON.stringify(wrong[1])}, which is no image: write registry/repository:tag with the repository in lower case, without scheme and spaces`;
}

function endpointProblem({ s3, gs, abfss, hf }: StorageInstallation): string | undefined {
  const endpoints = { s3: s3?.endpoint, gs: gs?.endpoint, abfss: abfss?.endpoint, hf: hf?.endpoint };
  const [wrong] = Object.entries(endpoints).filter(([, url]) => url !== undefined && !isURL(url));
  if (wrong === undefined) return undefined;
  return `${wrong[0]}.endpoint is ${JSON.stringify(wrong[1])}: write http:// or https://, the host and its port, such as https://minio.storage.svc:9000, without credentials, which belong into the Secrets of storage.secretRef`;
}

function regionProblem({ s3 }: StorageInstallation): string | undefined {
  const region = s3?.region;
  if (region === undefined || /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(region)) return undefined;
  return `s3.region is ${JSON.stringify(region)}: use at most 63 letters, digits, "-" and "_", such as eu-central-1`;
}

function certificatesProblem({ caCertificates: text }: StorageInstallation): string | undefined {
  if (text === undefined) return undefined;
  const size = new TextEncoder().encode(text).length;
  if (size > mostCertificates) {
    return `caCertificates has ${size} bytes: write at most ${mostCertificates}, and only your own authorities, since the public ones are known`;
  }
  const begun = text.match(/-----BEGIN/g) ?? [];
  const whole = text.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
  if (whole.length > 0 && whole.length === begun.length) return undefined;
  return 'caCertificates is no list of certificates: give a file of PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE----- for each and with nothing else that has a BEGIN';
}

function proxyProblem({ proxy }: StorageInstallation): string | undefined {
  if (proxy === undefined) return undefined;
  const { url, noProxy } = proxy;
  if (!isURL(url)) {
    return `proxy.url is ${JSON.stringify(url)}: write http:// or https://, the host and its port, such as http://proxy.example.com:3128, without credentials, which whoever may read pods would see`;
  }
  if (noProxy === undefined || /^[A-Za-z0-9.,:/*_ [\]-]{1,1000}$/.test(noProxy)) return undefined;
  return `proxy.noProxy is ${JSON.stringify(noProxy)}: list hosts, domains and ranges with commas, such as .svc,.cluster.local,10.0.0.0/8`;
}

type Amounts = NonNullable<StorageInstallation['resources']>;

function amountProblem({ resources = {} }: StorageInstallation): string | undefined {
  const all = (['requests', 'limits'] as const).flatMap((where) =>
    Object.entries(resources[where] ?? {}).map(([name, amount]) => [`${where}.${name}`, amount] as const),
  );
  const wrong = all.find(([, amount]) => bytesOf(amount) === undefined);
  if (wrong === undefined) return undefined;
  return `resources.${wrong[0]} is ${JSON.stringify(wrong[1])}, which is no quantity: write for instance "512Mi" of memory or "100m" of cpu`;
}

function limitProblem({ resources: { requests = {}, limits = {} } = {} }: StorageInstallation): string | undefined {
  const limitOf = new Map(Object.entries(limits));
  const above = Object.entries(requests).find(
    ([name, amount]) => (bytesOf(amount) ?? 0) > (bytesOf(limitOf.get(name) ?? '') ?? Infinity),
  );
  if (above === undefined) return undefined;
  const [name, amount] = above;
  return `resources.requests.${name} is ${amount}, above resources.limits.${name}, which is ${limitOf.get(name)}: lower the request or raise the limit`;
}

function memoryProblem({ resources }: { readonly resources?: Amounts }): string | undefined {
  const limit = new Map(Object.entries(resources?.limits ?? {})).get('memory');
  if (limit === undefined || (bytesOf(limit) ?? 0) >= (bytesOf(leastMemory) ?? 0)) return undefined;
  return `resources.limits.memory is ${limit}, and what fetches and saves takes more: write at least "${leastMemory}"`;
}

/** A base URL, with a port that there is, and without user, query and fragment. */
function isURL(text: string): boolean {
  const parts =
    /^https?:\/\/(?:[A-Za-z0-9](?:[-A-Za-z0-9.]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::([0-9]{1,5}))?(?:\/[^?#\s]*)?$/.exec(
      text,
    );
  if (parts === null) return false;
  const port = Number(parts[1] ?? 443);
  return port >= 1 && port <= 65_535;
}
