/** How an installation reaches stores, as the chart hands it to the operator. */
import { isFields } from '../domain/canonical.ts';

export interface StorageInstallation {
  /** The image of the project that fetches and saves. */
  readonly image: string;
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  /** Another image that fetches, which takes `SRC DEST …`, such as KServe's storage initializer. */
  readonly fetchImage?: string;
  readonly s3?: { readonly endpoint?: string; readonly region?: string; readonly addressing?: 'Path' | 'VirtualHost' };
  readonly gs?: { readonly endpoint?: string };
  readonly abfss?: { readonly endpoint?: string };
  /** Certificates (PEM) that are trusted beside the public authorities. */
  readonly caCertificates?: string;
  readonly proxy?: { readonly url: string; readonly noProxy?: string };
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
}

/** As the chart has it. */
export const usualStorage: StorageInstallation = { image: 'localhost/flyball/storage' };

const variable = 'FLYBALL_STORAGE';

const text = (value: unknown) => typeof value === 'string';
const oneOf =
  (...values: readonly string[]) =>
  (value: unknown) =>
    values.some((one) => one === value);
const texts = (value: unknown) => isFields(value) && Object.values(value).every(text);
const fields =
  (forms: Readonly<Record<string, (value: unknown) => boolean>>) =>
  (value: unknown): boolean =>
    isFields(value) && Object.entries(value).every(([name, inner]) => forms[name]?.(inner) === true);

const forms: Readonly<Record<keyof StorageInstallation, (value: unknown) => boolean>> = {
  image: text,
  imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
  fetchImage: text,
  s3: fields({ endpoint: text, region: text, addressing: oneOf('Path', 'VirtualHost') }),
  gs: fields({ endpoint: text }),
  abfss: fields({ endpoint: text }),
  caCertificates: text,
  proxy: fields({ url: text, noProxy: text }),
  resources: fields({ requests: texts, limits: texts }),
};

/** Whether a value has the form of an installation's storage, whoever wrote it. */
export function isStorageInstallation(value: unknown): value is StorageInstallation {
  return fields(forms)(value) && isFields(value) && text(value['image']);
}

/**
 * Reads a JSON object such as `{"image": "registry/flyball/storage:1"}`; as the chart has it if nothing is said.
 * @throws an Error that says what is wrong.
 */
export function parseStorageInstallation(json: string | undefined): StorageInstallation {
  if (json === undefined || json === '') return usualStorage;
  const value = parsed(json);
  if (isStorageInstallation(value)) return value;
  const known = new Map(Object.entries(forms));
  const wrong = isFields(value) ? Object.entries(value).find(([name, inner]) => known.get(name)?.(inner) !== true) : [];
  const what = wrong === undefined ? 'lacks image' : `has the wrong field ${JSON.stringify(wrong[0] ?? '')}`;
  throw new Error(`${variable} ${what}: write an object such as ${JSON.stringify(usualStorage)}`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`${variable} is not JSON: ${String(error)}`, { cause: error });
  }
}
