import type { StorageInstallation } from '../../src/storage/installation.ts';

const certificate = `-----BEGIN CERTIFICATE-----\n${'MIIB'.repeat(16)}\n-----END CERTIFICATE-----\n`;

/** An installation that says all that one can. */
export const wholeInstallation: StorageInstallation = {
  image: 'registry.example.com/flyball/storage:1',
  imagePullPolicy: 'Always',
  fetchImage: 'registry.example.com/kserve/storage-initializer:v0.15',
  s3: { endpoint: 'https://minio.storage.svc:9000', region: 'eu-central-1', addressing: 'Path' },
  gs: { endpoint: 'http://[fd00::1]:4443/storage/v1' },
  abfss: { endpoint: 'http://azurite:10000/account' },
  hf: { endpoint: 'https://mirror.example.com/huggingface' },
  caCertificates: `# Authority of "example"\n${certificate}${certificate}`,
  proxy: { url: 'http://proxy.example.com:3128', noProxy: '.svc,10.0.0.0/8, [fd00::1]' },
  resources: { requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '1Gi' }, limits: { memory: '256Mi' } },
};

type Installed = Omit<StorageInstallation, 'image' | 'imagePullPolicy'>;

const endpoint = (url: string): Installed => ({ s3: { endpoint: url } });
const noEndpoint = (name: string, url: string) =>
  `${name}.endpoint is "${url}": write http:// or https://, the host and its port, such as https://minio.storage.svc:9000, without credentials, which belong into the Secrets of storage.secretRef`;
const noProxy = (url: string) =>
  `proxy.url is "${url}": write http:// or https://, the host and its port, such as http://proxy.example.com:3128, without credentials, which whoever may read pods would see`;
const noCertificates =
  'caCertificates is no list of certificates: give a file of PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE----- for each and with nothing else that has a BEGIN';
const large = certificate.replace('MIIB', 'MIIB'.repeat(4096));

/** Installations of the right form that cannot be, with what the operator and Helm say of them after the name of the whole. */
export const installationRefusals: readonly [string, Installed, string][] = [
  [
    'an image that is none',
    { fetchImage: 'https://registry/Fetch' },
    'fetch.image is "https://registry/Fetch", which is no image: write registry/repository:tag with the repository in lower case, without scheme and spaces',
  ],
  ['a host without scheme', endpoint('minio:9000'), noEndpoint('s3', 'minio:9000')],
  ['a URL with credentials', endpoint('https://me:secret@minio'), noEndpoint('s3', 'https://me:secret@minio')],
  ['a port that there is not', { gs: { endpoint: 'http://gcs:70000' } }, noEndpoint('gs', 'http://gcs:70000')],
  ['a host of the Hub alone', { hf: { endpoint: 'mirror' } }, noEndpoint('hf', 'mirror')],
  ['a signature', { abfss: { endpoint: 'https://azurite/?sig=1' } }, noEndpoint('abfss', 'https://azurite/?sig=1')],
  [
    'a region that is none',
    { s3: { region: 'eu central' } },
    's3.region is "eu central": use at most 63 letters, digits, "-" and "_", such as eu-central-1',
  ],
  ['a file name as certificates', { caCertificates: '/etc/ssl/ca.pem' }, noCertificates],
  [
    'a private key beside a certificate',
    { caCertificates: `${certificate}-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n` },
    noCertificates,
  ],
  ['a certificate that was cut', { caCertificates: `${certificate}${certificate.slice(0, 60)}` }, noCertificates],
  [
    'all public authorities',
    { caCertificates: large },
    `caCertificates has ${large.length} bytes: write at most 16384, and only your own authorities, since the public ones are known`,
  ],
  ['a proxy with a password', { proxy: { url: 'http://me:secret@proxy' } }, noProxy('http://me:secret@proxy')],
  ['a proxy of another kind', { proxy: { url: 'socks5://proxy:1080' } }, noProxy('socks5://proxy:1080')],
  [
    'what is reached without the proxy with semicolons',
    { proxy: { url: 'http://proxy', noProxy: '.svc;.local' } },
    'proxy.noProxy is ".svc;.local": list hosts, domains and ranges with commas, such as .svc,.cluster.local,10.0.0.0/8',
  ],
  [
    'memory in GB',
    { resources: { limits: { memory: '1GB' } } },
    'resources.limits.memory is "1GB", which is no quantity: write for instance "512Mi" of memory or "100m" of cpu',
  ],
  [
    'a request above its limit',
    { resources: { requests: { cpu: '2' }, limits: { cpu: '500m' } } },
    'resources.requests.cpu is 2, above resources.limits.cpu, which is 500m: lower the request or raise the limit',
  ],
  [
    'less memory than is taken',
    { resources: { requests: { memory: '64Mi' }, limits: { memory: '255Mi' } } },
    'resources.limits.memory is 255Mi, and what fetches and saves takes more: write at least "256Mi"',
  ],
];
