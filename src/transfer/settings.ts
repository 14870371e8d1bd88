import { mend } from './ends.ts';

/** What FLYBALL_TRANSFER says, as JSON. */
export interface TransferSettings {
  /** Digests that folders must have, by their paths. */
  readonly digests: Readonly<Record<string, string>>;
  /** How many bytes may be fetched in all. */
  readonly room?: number;
  /** Where pods save their output, each in a folder of its own below: whether that can be written is found out before anything else. */
  readonly output?: string;
  readonly s3?: { readonly endpoint?: string; readonly region?: string; readonly addressing?: 'Path' | 'VirtualHost' };
  readonly gs?: { readonly endpoint?: string };
  readonly abfss?: { readonly endpoint?: string };
  /** The Hugging Face Hub, or a mirror of it. */
  readonly hf?: { readonly endpoint?: string };
  /** Seconds between two checkpoints. */
  readonly checkpoint?: { readonly interval?: number };
  /** In PEM; they are trusted beside those of the system. */
  readonly caCertificates?: string;
  readonly proxy?: { readonly url: string; readonly noProxy?: string };
}

/** Variables that tell who asks a store, as far as they are set. */
export type Credentials = Readonly<Record<string, string>>;

export function settingsOf(json: string | undefined): TransferSettings {
  if (json === undefined || json === '') return { digests: {} };
  try {
    return { digests: {}, ...(JSON.parse(json) as Partial<TransferSettings>) };
  } catch {
    throw mend('FLYBALL_TRANSFER is no JSON object');
  }
}

/** Before the names of the variables that come from the Secret, as src/workload/transfers.ts has it. */
const secretPrefix = 'FLYBALL_STORE_';

/** What the Secret of `storage.secretRef` may hold. */
const ofSecret = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_REGION',
  'GOOGLE_SERVICE_ACCOUNT_JSON',
  'AZURE_STORAGE_KEY',
  'AZURE_STORAGE_SAS_TOKEN',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_TENANT_ID',
  'HTTPS_BEARER_TOKEN',
  'HF_TOKEN',
];

/** What the webhooks of the clouds put into pods whose ServiceAccount has an identity there. */
const ofIdentity = [
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_DEFAULT_REGION',
  'AWS_STS_REGIONAL_ENDPOINTS',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_AUTHORITY_HOST',
];

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What a Secret says wins over what a webhook says of the pod's identity, of which some variables are called the same. None of it begins or ends
 * with a space or the end of a line, which a Secret easily gets, as by `echo`.
 */
export function credentialsOf(environment: Environment): Credentials {
  const given = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const all = [
    ...ofSecret.map((name) => [name, given(`${secretPrefix}${name}`) ?? given(name)] as const),
    ...ofIdentity.map((name) => [name, given(name)] as const),
  ];
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
