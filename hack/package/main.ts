/**
 * hack/package/main.ts [--platform linux-x64,…] [--url URL] packs the command line into dist/release: the tarball that npx runs, an archive with one executable for each platform,
 * and the manifest for krew, in which the archives lie at URL. Needs what `npm run build` makes.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { blobOf, executable, type Platform, platforms } from './executables.ts';
import { type Archive, krewManifest } from './krew.ts';
import { run } from './registry.ts';

const root = join(import.meta.dirname, '..', '..');
const built = join(root, 'dist', 'cli');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

const nameOf = ({ os, arch }: Platform) => `${os}-${arch}`;
const { values } = parseArgs({
  options: {
    platform: { type: 'string', default: platforms.map(nameOf).join(',') },
    url: { type: 'string', default: `https://releases.invalid/flyball/v${version}` },
    output: { type: 'string', default: join(root, 'dist', 'release') },
  },
});
const { url, output } = values;
const wanted = values.platform.split(',');
const folder = mkdtempSync(join(tmpdir(), 'flyball-release-'));
try {
  await pack();
} finally {
  rmSync(folder, { recursive: true });
}

async function pack(): Promise<void> {
  mkdirSync(output, { recursive: true });
  run('npm', ['pack', '--silent', '--pack-destination', output], built);
  const blob = blobOf(join(built, 'kubectl-flyball'), folder);
  const archives: Archive[] = [];
  for (const platform of platforms.filter((one) => wanted.includes(nameOf(one)))) {
    archives.push(archived(platform, await executable(platform, blob, folder)));
    console.log(`packed ${nameOf(platform)}${platform.os === 'darwin' ? ', without a signature' : ''}`);
  }
  writeFileSync(join(output, 'flyball.yaml'), krewManifest(version, archives));
}

/** Archives hold no times and no names of people, so that the same contents make the same digest. */
function archived(platform: Platform, file: string): Archive {
  const name = `kubectl-flyball-${version}-${nameOf(platform)}.tar.gz`;
  const contents = join(folder, nameOf(platform));
  mkdirSync(contents);
  cpSync(file, join(contents, 'kubectl-flyball'));
  copyFileSync(join(root, 'LICENSE'), join(contents, 'LICENSE'));
  const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  run(
    'tar',
    [...same, '--use-compress-program=gzip -n', '-cf', join(output, name), 'LICENSE', 'kubectl-flyball'],
    contents,
  );
  const sha256 = createHash('sha256')
    .update(readFileSync(join(output, name)))
    .digest('hex');
  return { os: platform.os, arch: platform.arch === 'x64' ? 'amd64' : 'arm64', uri: `${url}/${name}`, sha256 };
}
