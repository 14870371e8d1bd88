import { beforeAll, describe, expect, it } from '@jest/globals';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { parseObserverAmounts } from '../../src/controllers.ts';
import { usualAmounts } from '../../src/kinds/modeldeployment/revision/amounts.ts';
import { defaultSettings, parseSettings } from '../../src/settings.ts';
import { refusals, renderChart } from './chart.ts';

let helm: string;

beforeAll(async () => {
  ({ helm } = await ensureBinaries(['helm']));
}, 900_000);

const refusalsOf = (...assignments: readonly string[]) => refusals(helm, assignments);

const source = (...fields: readonly string[]) => fields.map((field) => `querySources[0].${field}`).join(',');
const asURL = 'write http:// or https://, the host and its port, such as http://prometheus.monitoring.svc:9090';

describe('Helm refuses with field, value and remedy', () => {
  it.each<[string, string, string]>([
    [
      'settings.watchStal=60000',
      'settings.watchStall=60000',
      `settings.watchStal is unknown: known are ${Object.keys(defaultSettings).toSorted().join(', ')}`,
    ],
    ['settings.workers=0', 'settings.workers=1', 'settings.workers is 0: write a whole number from 1 to 2147483647'],
    ['settings.workers=-3', 'settings.workers=3', 'settings.workers is -3: write a whole number from 1 to 2147483647'],
    [
      'settings.resync=2147483648',
      'settings.resync=2147483647',
      'settings.resync is 2147483648: write a whole number from 1 to 2147483647',
    ],
    [
      'settings.writeTimeout=5000',
      'settings.writeTimeout=4999',
      'settings.writeTimeout is 5000, but may be at most leaseDuration − renewDeadline − 1, which is 4999: lower it or raise the other',
    ],
    [
      'settings.leaseDuration=14000',
      'settings.leaseDuration=14001',
      'settings.writeTimeout is 4000, but may be at most leaseDuration − renewDeadline − 1, which is 3999: lower it or raise the other',
    ],
    [
      'settings.stopTimeout=15000',
      'settings.stopTimeout=14000',
      'settings.stopTimeout is 15000: write at most 14000, since the pod has 15 s to end',
    ],
    [
      "admission.provenance.controllers={it's}",
      'admission.provenance.controllers={system:admin}',
      `admission.provenance.controllers has "it's", which is no user name: write it as the audit log of the API server has it, such as system:kube-controller-manager`,
    ],
    [
      'prometheus.url=prometheus:9090',
      'prometheus.url=http://prometheus:9090',
      `prometheus.url is "prometheus:9090": ${asURL}`,
    ],
    [
      'prometheus.url=http://prometheus:99999',
      'prometheus.url=http://[fd00::1]:65535/a',
      `prometheus.url is "http://prometheus:99999": ${asURL}`,
    ],
    ['prometheus.url=http://', 'prometheus.url=https://prometheus', `prometheus.url is "http://": ${asURL}`],
    [
      source('name=main', 'url=prometheus', 'namespaces={team}'),
      source('name=main', 'url=http://prometheus', 'namespaces={team}'),
      `querySources "main" has the url "prometheus": ${asURL}`,
    ],
    [
      source('name=main', 'url=http://prometheus', 'namespaces={*}'),
      source('name=main', 'url=http://prometheus', 'namespaces={a-1}'),
      'querySources "main" has the namespace "*", which is no name of a namespace: list each by its name, there is no wildcard',
    ],
    [
      `${source('name=main', 'url=http://a', 'namespaces={a}')},querySources[1].name=main,querySources[1].url=http://b,querySources[1].namespaces={b}`,
      source('name=main', 'url=http://a', 'namespaces={a,b}'),
      'querySources has the name "main" twice: give each source a name of its own, and all namespaces in one entry',
    ],
    [
      'watchNamespaces={team-a,*}',
      'watchNamespaces={team-a,b}',
      'watchNamespaces has "*", which is no name of a namespace: list each by its name, there is no wildcard',
    ],
    ['watchNamespaces={a,b,a}', 'watchNamespaces={a,b}', 'watchNamespaces has "a" twice: list it once'],
    ...['kube-system', 'flyball-system'].map((name): [string, string, string] => [
      `watchNamespaces={${name}}`,
      `watchNamespaces={${name}},admission.operator.enabled=false`,
      `watchNamespaces has "${name}", in which the operator makes nothing: remove it, or have admission.operator.enabled be false`,
    ]),
    [
      'admission.operator.excludedNamespaces={Finance}',
      'admission.operator.excludedNamespaces={finance}',
      'admission.operator.excludedNamespaces has "Finance", which is no name of a namespace: list each by its name, there is no wildcard',
    ],
    [
      'admission.operator.trustedServiceAccounts={spark}',
      'admission.operator.trustedServiceAccounts={team-a/spark}',
      'admission.operator.trustedServiceAccounts has "spark", which is no ServiceAccount of a namespace: list each as NAMESPACE/NAME, such as team-a/spark',
    ],
    ...['labels', 'annotations'].map((field): [string, string, string] => [
      `pods.${field}={example.com/*}`,
      `pods.${field}={example.com/team,app}`,
      `pods.${field} has "example.com/*", which is no key: list each by its whole name, such as example.com/team, without a value; there is no wildcard`,
    ]),
    [
      'image.repository=ghcr.io/Team/flyball:1',
      'image.repository=ghcr.io:443/team/flyball',
      'image.repository is "ghcr.io/Team/flyball:1": write registry/repository in lower case, without scheme, tag and digest, which are image.tag and image.digest',
    ],
    [
      'image.tag=sha256:0',
      'image.tag=v1.2_3',
      'image.tag is "sha256:0": use at most 128 letters, digits, "_", "-" and "."; a digest is image.digest',
    ],
    [
      'image.digest=latest',
      `image.digest=sha256:${'0'.repeat(64)}`,
      'image.digest is "latest": write "sha256:" and 64 hexadecimal digits in lower case; a tag is image.tag',
    ],
    [
      'resources.limits.memory=512MB',
      'resources.limits.memory=512M',
      'resources.limits.memory is "512MB", which is no quantity: write for instance "512Mi" of memory or "100m" of cpu',
    ],
    [
      'resources.limits.memory=127Mi,resources.requests.memory=64Mi',
      'resources.limits.memory=128Mi',
      'resources.limits.memory is 127Mi, and the operator takes more with a few hundred objects: write at least "128Mi"',
    ],
    [
      'resources.requests.memory=1Gi',
      'resources.requests.memory=512Mi',
      'resources.requests.memory is 1Gi, above resources.limits.memory, which is 512Mi: lower the request or raise the limit',
    ],
    [
      'resources.limits.cpu=50m,resources.requests.cpu=10m',
      'resources.limits.cpu=100m',
      'resources.limits.cpu is 50m, and an operator that is throttled so cannot renew its Lease in time: write at least "100m", or leave it out',
    ],
    [
      'observer.resources.limits.memory=64M,observer.resources.requests.memory=32Mi',
      'observer.resources.limits.memory=96Mi',
      'observer.resources.limits.memory is 64M, and the observer takes more with a few clients: write at least "96Mi"',
    ],
    [
      'observer.resources.limits.cpu=20m',
      'observer.resources.limits.cpu=0.05',
      'observer.resources.limits.cpu is 20m, a limit by which every request would wait: write at least "50m", or leave it out',
    ],
    [
      'observer.resources.requests.memory=1Gi',
      'observer.resources.requests.memory=256Mi',
      'observer.resources.requests.memory is 1Gi, above observer.resources.limits.memory, which is 256Mi: lower the request or raise the limit',
    ],
    [
      'observer.resources.requests.cpu=much',
      'observer.resources.requests.cpu=1',
      'observer.resources.requests.cpu is "much", which is no quantity: write for instance "512Mi" of memory or "100m" of cpu',
    ],
    [
      'fullnameOverride=My_Flyball',
      'fullnameOverride=my-flyball',
      'the objects would be called "My_Flyball", which is no name for a Service: set fullnameOverride to one that begins with a letter and has only lower-case letters, digits and "-"',
    ],
    [
      'serviceAccount.name=Flyball',
      'serviceAccount.name=fly.ball',
      'serviceAccount.name is "Flyball", which is no name of a ServiceAccount: use lower-case letters, digits, "-" and "."',
    ],
    [
      String.raw`podLabels.app\.kubernetes\.io/name=x`,
      String.raw`podLabels.app\.kubernetes\.io/part-of=x`,
      'podLabels has "app.kubernetes.io/name", by which the operator\'s pods are selected: remove it',
    ],
    [
      String.raw`podAnnotations.kubectl\.kubernetes\.io/default-container=x`,
      'podAnnotations.x=y',
      'podAnnotations has "kubectl.kubernetes.io/default-container", which the chart sets: remove it',
    ],
    [
      'networkPolicy.apiServer.cidrs={10.0.0.1}',
      'networkPolicy.apiServer.cidrs={10.0.0.1/32,fd00::1/128}',
      'networkPolicy.apiServer.cidrs has "10.0.0.1", which is no range of addresses: write it as 10.0.0.1/32, or fd00::1/128',
    ],
  ])('%s, and takes %s', (refused, accepted, line) => {
    expect(refusalsOf(refused)).toEqual([line]);
    expect(refusalsOf(accepted)).toEqual([]);
  });

  it('everything at once, so that nobody goes round in circles', () => {
    expect(refusalsOf('settings.workers=0', 'prometheus.url=x', 'image.digest=latest')).toHaveLength(3);
  });

  it('a name of the release by which no Service can be called', () => {
    expect(refusalsOf('fullnameOverride=1flyball')).toEqual([
      expect.stringContaining('the objects would be called "1flyball"'),
    ]);
  });

  it('nothing where resources are left to the cluster', () => {
    expect(refusalsOf('resources=null')).toEqual([]);
    expect(refusalsOf('observer.resources=null')).toEqual([]);
    expect(refusalsOf('resources.limits=null,resources.requests.cpu=null')).toEqual([]);
  });
});

describe('Helm and the operator agree on', () => {
  it.each<[string, object]>([
    ['logLevel=info', usualAmounts],
    ['observer.resources.limits.cpu=1', { ...usualAmounts, limits: { cpu: '1', memory: '256Mi' } }],
    ['observer.resources.limits.cpu=0.5', { ...usualAmounts, limits: { cpu: '0.5', memory: '256Mi' } }],
    ['observer.resources.limits.memory=536870912', { ...usualAmounts, limits: { memory: '536870912' } }],
    ['observer.resources=null', { requests: {}, limits: {} }],
  ])('what an observer gets by %s', (value, want) => {
    const told = renderChart(helm, [value]).flatMap((object) =>
      JSON.stringify(object).match(/(?<="FLYBALL_OBSERVER_RESOURCES","value":)"(?:[^"\\]|\\.)*"/g),
    );
    expect(told.filter((text) => text !== null).map((text) => parseObserverAmounts(String(JSON.parse(text))))).toEqual([
      want,
    ]);
  });

  it.each<[string, number]>([
    ...Object.entries(defaultSettings),
    ['writeTimeout', 5_000],
    ['writeTimeout', 4_999],
    ['leaseRetryPeriod', 5_001],
    ['leaseRetryPeriod', 5_000],
    ['watchTimeoutMax', 299_999],
    ['watchBackoffMin', 30_001],
    ['reconcileBackoffMin', 300_001],
    ['renewDeadline', 11_000],
    ['listPageSize', 0],
    ['stall', 1],
  ])('settings.%s=%d', (name, value) => {
    let isRefused = false;
    try {
      parseSettings(JSON.stringify({ [name]: value }));
    } catch {
      isRefused = true;
    }
    expect(refusalsOf(`settings.${name}=${value}`).length > 0).toBe(isRefused);
  });
});
