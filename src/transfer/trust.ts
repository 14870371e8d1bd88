import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

/** Where systems keep the authorities that they trust. */
const ofSystem = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem'];

/** The authorities of the system, else those that Node knows, and besides them those of the installation; in PEM. */
export function trusted(caCertificates: string): string {
  const file = ofSystem.find((path) => existsSync(path));
  return `${file === undefined ? rootCertificates.join('\n') : readFileSync(file, 'utf8')}\n${caCertificates}\n`;
}

/** As a file, for programs that take one by SSL_CERT_FILE. */
export function trustedFile(caCertificates: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'flyball-')), 'certificates.pem');
  writeFileSync(path, trusted(caCertificates), { mode: 0o600 });
  return path;
}
