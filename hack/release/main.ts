/**
 * What .github/workflows/release.yaml runs, and what can be run by hand. Files go into dist/release.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBinaries } from '../cluster/binaries.ts';
import { run } from '../cluster/command.ts';
import { type Digests, writeChart } from './chart.ts';
import { notesOf } from './notes.ts';
import { checkVersions, root, version } from './versions.ts';

const usage = `Usage: hack/launch hack/release/main.ts STEP [--tag v1.2.3] [--registry ghcr.io/OWNER/flyball]

  check      refuses a tag that is not the version, and places that name another one
  images     builds the images for amd64 and arm64, with SBOM and provenance, and pushes them; needs Docker with buildx
  chart      packs the chart with the digests of these images
  publish    pushes the chart, as OCI
  sign       signs images and chart without a key, by the identity of the workflow; needs cosign
  sbom       lists what the command line is made of
  checksums  the SHA-256 of every file
  notes      what CHANGELOG.md says of the version
`;

const output = join(root, 'dist', 'release');
const images = { operator: 'hack/images/Containerfile', storage: 'hack/images/storage/Containerfile' };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tag: { type: 'string', default: '' }, registry: { type: 'string', default: '' } },
});
const { tag, registry } = values;

const steps: Readonly<Record<string, () => Promise<void> | void>> = {
  check: () => checkVersions(tag),
  images: pushImages,
  chart: packChart,
  publish: publishChart,
  sign,
  sbom,
  checksums,
  notes: () => write('notes.md', notesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version)),
};

const [step = ''] = positionals;
const chosen = Object.hasOwn(steps, step) ? steps[step] : undefined;
if (chosen === undefined) {
  console.error(usage);
  process.exit(2);
}
mkdirSync(output, { recursive: true });
try {
  await chosen();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

async function pushImages(): Promise<void> {
  const digests: Record<string, string> = {};
  for (const [name, file] of Object.entries(images)) {
    const metadata = join(output, `${name}.metadata.json`);
    const kinds = ['--platform=linux/amd64,linux/arm64', '--sbom=true', '--provenance=mode=max'];
    const goes = [`--tag=${named(name)}:${version}`, '--push', `--metadata-file=${metadata}`];
    await run('docker', ['buildx', 'build', ...kinds, ...goes, `--file=${file}`, '.'], { directory: root });
    const told = JSON.parse(readFileSync(metadata, 'utf8')) as { readonly 'containerimage.digest': string };
    digests[name] = told['containerimage.digest'];
    rmSync(metadata);
  }
  write('digests.json', `${JSON.stringify(digests, null, 2)}\n`);
}

async function packChart(): Promise<void> {
  const { helm } = await ensureBinaries(['helm']);
  const folder = mkdtempSync(join(tmpdir(), 'flyball-chart-'));
  try {
    writeChart(join(folder, 'flyball'), registryOrThrow(), digestsOf() as unknown as Digests);
    await run(helm, ['package', join(folder, 'flyball'), '--destination', output]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function publishChart(): Promise<void> {
  const { helm } = await ensureBinaries(['helm']);
  const said = await run(helm, ['push', join(output, `flyball-${version}.tgz`), `oci://${named('charts')}`]);
  const digest = /sha256:[0-9a-f]{64}/.exec(said)?.[0];
  if (digest === undefined) throw new Error(`helm does not tell the digest of the chart: ${said}`);
  write('digests.json', `${JSON.stringify({ ...digestsOf(), 'charts/flyball': digest }, null, 2)}\n`);
}

async function sign(): Promise<void> {
  for (const [name, digest] of Object.entries(digestsOf()))
    await run('cosign', ['sign', '--yes', `${named(name)}@${digest}`]);
}

async function sbom(): Promise<void> {
  const format = ['--sbom-format=spdx', '--sbom-type=application', '--package-lock-only'];
  write(`kubectl-flyball-${version}.spdx.json`, await run('npm', ['sbom', ...format], { directory: root }));
}

function checksums(): void {
  const files = readdirSync(output)
    .filter((name) => name !== 'SHA256SUMS')
    .toSorted();
  const sums = files.map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(output, name)))
        .digest('hex')}  ${name}`,
  );
  write('SHA256SUMS', `${sums.join('\n')}\n`);
}

function digestsOf(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(output, 'digests.json'), 'utf8')) as Record<string, string>;
}

/** As registries call it. */
function named(name: string): string {
  return `${registryOrThrow()}/${name}`;
}

function registryOrThrow(): string {
  if (registry === '')
    throw new Error('--registry is missing: where images and chart go, such as ghcr.io/OWNER/flyball');
  return registry;
}

function write(name: string, text: string): void {
  writeFileSync(join(output, name), text);
}
