/** The manifest by which krew, kubectl's plugin manager, installs the command line. */
import { stringify } from 'yaml';

export interface Archive {
  readonly os: string;
  /** As Go names it. */
  readonly arch: 'amd64' | 'arm64';
  readonly uri: string;
  readonly sha256: string;
}

const executable = 'kubectl-flyball';

export function krewManifest(version: string, archives: readonly Archive[]): string {
  return stringify({
    apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
    kind: 'Plugin',
    metadata: { name: 'flyball' },
    spec: {
      version: `v${version}`,
      shortDescription: 'See, judge and steer machine learning models',
      description: [
        'Shows what Flyball keeps in a cluster, from training to the running product, says why it is so and whose move it is,',
        'and steers it by editing specs. It needs Flyball in the cluster, and does nothing that your own rights do not allow.',
        '',
      ].join('\n'),
      platforms: archives.map(({ os, arch, uri, sha256 }) => ({
        selector: { matchLabels: { os, arch } },
        uri,
        sha256,
        files: [executable, 'LICENSE'].map((from) => ({ from, to: '.' })),
        bin: executable,
      })),
    },
  });
}
