/**
 * The programs that a cluster and the tests need, built from pinned Go modules into a cache outside the checkout.
 *
 * Every program family has its own go.mod under hack/kubernetes, since their dependencies conflict. A family's cache
 * key is the hash of its files (go.mod, go.sum, main.go where it is ours) and build flags: raising one version rebuilds
 * that family alone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { during, say } from './progress.ts';

const modules = join(import.meta.dirname, '..', 'kubernetes');

/** What of a family's build is not in its go.mod. Programs are listed in the order in which they are built. */
interface Family {
  readonly programs: Readonly<Record<string, string>>;
  readonly ldflags: string;
  readonly tags: string;
}

const kubernetesVersion = 'k8s.io/component-base/version';

const families = {
  etcd: { programs: { etcd: 'go.etcd.io/etcd/server/v3' }, ldflags: '', tags: '' },
  kubernetes: {
    programs: {
      'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
      'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
      kubectl: 'k8s.io/kubernetes/cmd/kubectl',
      kubelet: 'k8s.io/kubernetes/cmd/kubelet',
      'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
      'kube-proxy': 'k8s.io/kubernetes/cmd/kube-proxy',
    },
    // Without the version at link time, clients would see a v0.0.0 server.
    ldflags: [
      `-X ${kubernetesVersion}.gitVersion=v1.36.3`,
      `-X ${kubernetesVersion}.gitMajor=1`,
      `-X ${kubernetesVersion}.gitMinor=36`,
    ].join(' '),
    tags: '',
  },
  containerd: {
    programs: {
      containerd: 'github.com/containerd/containerd/v2/cmd/containerd',
      'containerd-shim-runc-v2': 'github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2',
      ctr: 'github.com/containerd/containerd/v2/cmd/ctr',
    },
    ldflags: '-X github.com/containerd/containerd/v2/version.Version=v2.3.7',
    tags: 'no_btrfs,no_devmapper,no_zfs',
  },
  helm: { programs: { helm: 'helm.sh/helm/v4/cmd/helm' }, ldflags: '', tags: '' },
  pause: { programs: { pause: '.' }, ldflags: '', tags: '' },
  kind: { programs: { kind: 'sigs.k8s.io/kind' }, ldflags: '', tags: '' },
  prometheus: {
    programs: { prometheus: 'github.com/prometheus/prometheus/cmd/prometheus' },
    ldflags: '-X github.com/prometheus/common/version.Version=3.16.0',
    // Every discovery but that of Kubernetes would bring a cloud's client library.
    tags: 'remove_all_sd,enable_kubernetes_sd',
  },
  // Judges the chart's alerts. On its own, since Prometheus itself needs less.
  promtool: {
    programs: { promtool: 'github.com/prometheus/prometheus/cmd/promtool' },
    ldflags: '',
    tags: 'remove_all_sd,enable_kubernetes_sd',
  },
  coredns: { programs: { coredns: 'github.com/coredns/coredns' }, ldflags: '', tags: '' },
  // What src/transfer runs, with the stores and commands that its main.go names.
  rclone: { programs: { rclone: '.' }, ldflags: '-X github.com/rclone/rclone/fs.Version=v1.76.0', tags: '' },
  // The stores of the tests: one that speaks S3, one that speaks Google Cloud Storage.
  versitygw: {
    programs: { versitygw: 'github.com/versity/versitygw/cmd/versitygw' },
    ldflags: '-X main.Version=v1.8.0',
    tags: '',
  },
  'fake-gcs-server': {
    programs: { 'fake-gcs-server': 'github.com/fsouza/fake-gcs-server' },
    ldflags: '',
    tags: '',
  },
  // Judges what argocd/ teaches it. One program for all of its roles, by the name under which it is started.
  argocd: {
    programs: { argocd: 'github.com/argoproj/argo-cd/v3/cmd' },
    ldflags: '-X github.com/argoproj/argo-cd/v3/common.version=3.5.3',
    tags: '',
  },
  // Judges .github/workflows.
  actionlint: { programs: { actionlint: 'github.com/rhysd/actionlint/cmd/actionlint' }, ldflags: '', tags: '' },
  // Says how Flux finds objects.
  kstatus: { programs: { kstatus: '.' }, ldflags: '', tags: '' },
  // Plays the nodes of the benchmark.
  kwok: { programs: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' }, ldflags: '', tags: '' },
  // What rclone is compared with.
  s5cmd: { programs: { s5cmd: 'github.com/peak/s5cmd/v2' }, ldflags: '', tags: '' },
} as const satisfies Record<string, Family>;

type FamilyName = keyof typeof families;

/** A program that `ensureBinaries` can build. */
export type ProgramName = {
  [F in FamilyName]: keyof (typeof families)[F]['programs'];
}[FamilyName];

interface Target {
  readonly program: ProgramName;
  readonly packagePath: string;
  readonly family: Family;
  readonly directory: string;
  readonly path: string;
}

/** The folder that holds everything cached by Flyball's tools: `$XDG_CACHE_HOME/flyball`, else `~/.cache/flyball`. */
export function cacheDirectory(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'flyball');
}

function familyKey(name: FamilyName): string {
  const hash = createHash('sha256');
  const directory = join(modules, name);
  for (const file of readdirSync(directory).sort()) hash.update(readFileSync(join(directory, file)));
  hash.update(`${families[name].ldflags}\n${families[name].tags}`);
  return `${name}-${hash.digest('hex').slice(0, 16)}`;
}

function allTargets(): readonly Target[] {
  return (Object.keys(families) as FamilyName[]).flatMap((name) => {
    const directory = join(cacheDirectory(), 'bin', familyKey(name));
    return Object.entries(families[name].programs).map(([program, packagePath]) => ({
      program: program as ProgramName,
      packagePath,
      family: families[name],
      directory: join(modules, name),
      path: join(directory, program),
    }));
  });
}

function requireGo(): void {
  const found = spawnSync('go', ['version'], { cwd: '/', encoding: 'utf8' });
  const version = /go(\d+)\.(\d+)/.exec(found.stdout ?? '');
  if (version && (Number(version[1]) > 1 || Number(version[2]) >= 21)) return;
  throw new Error(
    `Go 1.21 or newer is needed to build Kubernetes and its tools, found ${version ? version[0] : 'none'}: ` +
      'install it from https://go.dev/dl and put its bin folder on the PATH, then run this again.',
  );
}

/**
 * Builds one program. The lock makes a second run wait for the first one's build instead of repeating it; the rename
 * makes the program appear whole or not at all.
 */
async function build(target: Target): Promise<void> {
  mkdirSync(dirname(target.path), { recursive: true });
  const partial = `${target.path}.${process.pid}.partial`;
  const script = 'test -x "$1" || { go build -trimpath -tags "$3" -ldflags "$4" -o "$2" "$5" && mv "$2" "$1"; }';
  const shell = ['sh', '-c', script, 'build'];
  shell.push(target.path, partial, target.family.tags, `-s -w ${target.family.ldflags}`, target.packagePath);
  // flock is part of util-linux; elsewhere the rename alone keeps two runs from harming each other.
  const [command = 'sh', ...args] = process.platform === 'linux' ? ['flock', `${target.path}.lock`, ...shell] : shell;
  const log = `${target.path}.log`;
  const child = spawn(command, args, {
    cwd: target.directory,
    // go.sum is the pin: -mod=readonly refuses what is not in it. An older Go than a go.mod wants fetches that one, wherever it is from.
    env: {
      ...process.env,
      CGO_ENABLED: '0',
      GOFLAGS: '-mod=readonly -buildvcs=false',
      GOWORK: 'off',
      GOTOOLCHAIN: 'auto',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  writeFileSync(log, Buffer.concat(errors));
  if (code === 0) return;
  const tail = Buffer.concat(errors).toString().trimEnd().split('\n').slice(-15).join('\n');
  throw new Error(`building ${target.program} failed (exit ${code}), its log is ${log}:\n${tail}`);
}

/**
 * Returns the path of each program named, building first what the cache lacks. Prints one line as each build starts
 * and ends. Throws when Go is missing or a build fails; what was built by then stays in the cache.
 */
export async function ensureBinaries<Name extends ProgramName>(names: readonly Name[]): Promise<Record<Name, string>> {
  const wanted = allTargets().filter((target) => (names as readonly ProgramName[]).includes(target.program));
  const missing = wanted.filter((target) => !existsSync(target.path));
  if (missing.length > 0) requireGo();
  for (const [index, target] of missing.entries()) {
    const label = `${target.program} (${index + 1} of ${missing.length})`;
    say(`building ${label} …`);
    const start = Date.now();
    await during(`building ${label}`, () => build(target));
    say(`built ${label} in ${Math.round((Date.now() - start) / 1000)} s`);
  }
  return Object.fromEntries(wanted.map((target) => [target.program, target.path])) as Record<Name, string>;
}

/** All programs of a cluster and the tests, in the order in which they are built: what tests need first. */
export const allPrograms: readonly ProgramName[] = allTargets()
  .map((target) => target.program)
  .filter((program) => program !== 'kwok' && program !== 's5cmd');

if (import.meta.main) {
  const names = process.argv.slice(2) as ProgramName[];
  console.log(Object.values(await ensureBinaries(names.length > 0 ? names : allPrograms)).join('\n'));
}
