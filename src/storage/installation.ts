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
  /** The Hugging Face Hub, or a mirror of it. */
  readonly hf?: { readonly endpoint?: string };
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

/** The form of each field, which says nothing of what is in it. */
export const installationForms: Readonly<Record<keyof StorageInstallation, (value: unknown) => boolean>> = {
  image: text,
  imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
  fetchImage: text,
  s3: fields({ endpoint: text, region: text, addressing: oneOf('Path', 'VirtualHost') }),
  gs: fields({ endpoint: text }),
  abfss: fields({ endpoint: text }),
  hf: fields({ endpoint: text }),
  caCertificates: text,
  proxy: (value) => fields({ url: text, noProxy: text })(value) && isFields(value) && text(value['url']),
  resources: fields({ requests: texts, limits: texts }),
};

/** Whether a value has the form of an installation's storage, whoever wrote it. */
export function isStorageInstallation(value: unknown): value is StorageInstallation {
  return fields(installationForms)(value) && isFields(value) && text(value['image']);
}
