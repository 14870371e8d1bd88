import type { Location } from '../storage/storage.ts';
import { mend } from './ends.ts';
import type { Credentials, TransferSettings } from './settings.ts';

/** What rclone is told of a store: the variables that configure it, and what is then the argument. */
export interface Store {
  readonly environment: Readonly<Record<string, string>>;
  readonly argument: string;
}

export interface Access {
  readonly settings: TransferSettings;
  readonly credentials: Credentials;
  /** Asks as nobody, as public buckets take it. */
  readonly anonymous: boolean;
}

/**
 * A place in a store by variables and one fixed name: of what others have written only the path becomes part of an argument, behind
 * the name, where it is neither an option nor a connection string of rclone.
 */
export function storeOf({ scheme, authority, path }: Location, access: Access): Store {
  const configured = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined;
  if (configured === undefined) throw mend(`Nothing is known of the scheme ${JSON.stringify(scheme)}.`);
  const { container, options, passed = {} } = configured(authority, access);
  const named = Object.entries({ ...options, ...always }).flatMap(([name, value]) =>
    value === undefined ? [] : [[`RCLONE_CONFIG_STORE_${name.toUpperCase()}`, String(value)] as const],
  );
  return { environment: { ...passed, ...Object.fromEntries(named) }, argument: `store:${container}/${path}` };
}

/** Names are shown as they are in the store, so that what is strange in them can be refused. */
const always = { encoding: 'None' };

interface Configured {
  readonly container: string;
  /** Options of the backend, as rclone calls them. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** Variables that the client library of the store reads by itself. */
  readonly passed?: Readonly<Record<string, string>>;
}

const schemes: Readonly<Record<string, (authority: string, access: Access) => Configured>> = { s3, gs, abfss };

function s3(bucket: string, { settings, credentials, anonymous }: Access): Configured {
  const { endpoint, region, addressing } = settings.s3 ?? {};
  const options = {
    type: 's3',
    provider: endpoint === undefined ? 'AWS' : 'Other',
    endpoint,
    region: region ?? credentials['AWS_REGION'] ?? credentials['AWS_DEFAULT_REGION'],
    force_path_style: (addressing ?? (endpoint === undefined ? 'VirtualHost' : 'Path')) === 'Path',
    env_auth: !anonymous,
    // Version 1 asks for each page by the last name of the one before, which some stores answer slowly.
    list_version: '2',
    // XML cannot hold all characters that names can.
    list_url_encode: true,
    // Else rclone makes a bucket that is missing.
    no_check_bucket: true,
  };
  return { container: bucket, options, passed: anonymous ? {} : of(credentials, /^AWS_/) };
}

function gs(bucket: string, { settings, credentials, anonymous }: Access): Configured {
  const key = credentials['GOOGLE_SERVICE_ACCOUNT_JSON'];
  const options = {
    type: 'gcs',
    endpoint: settings.gs?.endpoint,
    service_account_credentials: anonymous ? undefined : key,
    env_auth: !anonymous && key === undefined,
    anonymous,
    bucket_policy_only: true,
    no_check_bucket: true,
  };
  return { container: bucket, options, passed: anonymous ? {} : of(credentials, /^GOOGLE_APPLICATION_CREDENTIALS$/) };
}

function abfss(authority: string, { settings, credentials, anonymous }: Access): Configured {
  const [container = '', host = ''] = authority.split('@');
  const account = host.split('.')[0] ?? '';
  const given = settings.abfss?.endpoint;
  // The same blobs are behind both addresses, and rclone speaks the protocol of this one.
  const endpoint = given === undefined ? `https://${host.replace('.dfs.', '.blob.')}` : `${given}/${account}`;
  const own = ownIdentity(anonymous ? {} : credentials);
  const signature = credentials['AZURE_STORAGE_SAS_TOKEN']?.replace(/^\?/, '');
  const bySignature = signature !== undefined && own['key'] === undefined && !anonymous;
  const options = {
    type: 'azureblob',
    ...(bySignature ? { sas_url: `${endpoint}/${container}?${signature}` } : { account, endpoint, ...own }),
    env_auth: !anonymous && !bySignature && Object.keys(own).length === 0,
    no_check_container: true,
  };
  return { container, options, passed: anonymous ? {} : of(credentials, /^AZURE_(?!STORAGE_)/) };
}

/** Who asks Azure by what the Secret holds: the key of the account, or an application. */
function ownIdentity(credentials: Credentials): Readonly<Record<string, string | undefined>> {
  if (credentials['AZURE_STORAGE_KEY'] !== undefined) return { key: credentials['AZURE_STORAGE_KEY'] };
  if (credentials['AZURE_CLIENT_SECRET'] === undefined) return {};
  return {
    client_id: credentials['AZURE_CLIENT_ID'],
    client_secret: credentials['AZURE_CLIENT_SECRET'],
    tenant: credentials['AZURE_TENANT_ID'],
  };
}

function of(credentials: Credentials, names: RegExp): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(credentials).filter(([name]) => names.test(name)));
}
