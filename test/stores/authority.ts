import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { run } from '../../hack/cluster/command.ts';

/** Who certifies servers, and is known to nobody but by its certificate. */
export interface Authority {
  /** Its own certificate, in PEM: what `storage.caCertificates` of the chart takes. */
  readonly certificate: string;
  /** The same as a file. */
  readonly file: string;
  /** Files with a certificate for a host, a name or an address, and with its key. */
  certify(host: string): Promise<{ readonly certificate: string; readonly key: string }>;
}

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];

/** Made by openssl, in a folder. */
export async function makeAuthority(folder: string): Promise<Authority> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'authority.crt');
  const key = join(folder, 'authority.key');
  const uses = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign'];
  await run('openssl', [
    'req',
    '-x509',
    ...curve,
    '-subj',
    '/CN=stores of tests',
    ...uses,
    '-keyout',
    key,
    '-out',
    file,
  ]);
  return {
    certificate: readFileSync(file, 'utf8'),
    file,
    certify: async (host) => {
      const own = { certificate: join(folder, `${host}.crt`), key: join(folder, `${host}.key`) };
      const names = `subjectAltName=${isIP(host) === 0 ? 'DNS' : 'IP'}:${host}`;
      const signed = ['-CA', file, '-CAkey', key, '-addext', names, '-addext', 'basicConstraints=critical,CA:FALSE'];
      const subject = ['-subj', `/CN=${host}`];
      await run('openssl', [
        'req',
        '-x509',
        ...curve,
        ...subject,
        ...signed,
        '-keyout',
        own.key,
        '-out',
        own.certificate,
      ]);
      // Some servers want the whole chain in one file.
      writeFileSync(own.certificate, readFileSync(own.certificate, 'utf8') + readFileSync(file, 'utf8'));
      return own;
    },
  };
}
