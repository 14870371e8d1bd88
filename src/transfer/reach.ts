import type { TransferSettings } from './settings.ts';
import { trustedFile } from './trust.ts';

interface Reach {
  readonly settings: TransferSettings;
  readonly path: string;
}

/** Who tells pods in clouds their identity is on the node, never behind a proxy. */
const identities = '169.254.169.254,169.254.170.2,169.254.170.23,metadata.google.internal,[fd00:ec2::23]';

/** The environment of rclone: nothing is in it that is not here. What configures the store comes on top. */
export function environmentOf({ settings: { caCertificates, proxy }, path }: Reach): Readonly<Record<string, string>> {
  return {
    PATH: path,
    HOME: '/tmp',
    TMPDIR: '/tmp',
    // No file: all of the configuration is in the environment.
    RCLONE_CONFIG: '',
    // Beyond this the garbage is collected at once; with it, the container stays below 256 MiB.
    GOMEMLIMIT: '112MiB',
    ...(caCertificates !== undefined && caCertificates !== '' && { SSL_CERT_FILE: trustedFile(caCertificates) }),
    ...(proxy !== undefined && {
      HTTP_PROXY: proxy.url,
      HTTPS_PROXY: proxy.url,
      NO_PROXY: [proxy.noProxy, identities].filter(Boolean).join(','),
    }),
  };
}
