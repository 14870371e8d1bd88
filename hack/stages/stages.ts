/** The stages of `hack/test`, and what keeps one from running beside another. */

export interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** How the stage's tests are counted; a stage without any counts as one test by its exit code. */
  readonly counted?: 'jest' | 'last line';
  /** Why nothing else may run while it does. */
  readonly alone?: string;
  /** Files outside of temporary folders that it writes; of two stages that name the same only one runs at a time. */
  readonly writes?: readonly 'dist'[];
  /** Lets the others have the processor first: it measures nothing and waits for nobody's clock. */
  readonly yields?: true;
}

const npm = (...words: readonly string[]) => ['npm', 'run', '--silent', ...words];

/** What the stages need of the cache, whichever of them needs it: where it is there, the first three take seconds. */
const programs =
  'etcd kube-apiserver kube-controller-manager kubectl kubelet kube-scheduler kube-proxy containerd containerd-shim-runc-v2 ctr ' +
  'helm pause prometheus coredns rclone versitygw fake-gcs-server argocd kstatus promtool actionlint kwok s5cmd';
const images = ['workload', 'gang', 'mlserver', 'llamacpp', 'bentoml', 'clients', 'prometheus', 'operator', 'storage'];
const builds =
  'where the cache is empty it builds for minutes on all processors, which would be on the clocks of the others';

/**
 * In the order in which they start. What runs beside another has ports, clusters and temporary folders of its own: API servers take
 * ports that they find free, the clusters of the suites have a network, a cgroup and a folder each by their names, and what is built
 * into the cache appears there whole.
 *
 * The end-to-end suites are alone, though they mostly wait: some of their clients give up after two seconds, and beside another stage a slow machine
 * keeps even the start of a pod waiting for longer than they do.
 */
export const stages: readonly Stage[] = [
  { name: 'programs', command: ['node', 'hack/cluster/binaries.ts', ...programs.split(' ')], alone: builds },
  { name: 'stores', command: ['node', 'test/stores/azurite.ts'], alone: builds },
  { name: 'images', command: ['node', 'hack/images/build.ts', ...images], alone: builds },
  { name: 'bundle', command: npm('build'), writes: ['dist'], yields: true },
  {
    name: 'end-to-end',
    command: npm('test:e2e'),
    counted: 'last line',
    alone:
      'some of its clients wait two seconds for an answer, and containers share the processors with whatever else runs',
  },
  { name: 'format', command: npm('format:check'), yields: true },
  { name: 'lint', command: npm('lint'), yields: true },
  { name: 'types', command: npm('types'), yields: true },
  { name: 'generated', command: npm('generate:check'), yields: true },
  { name: 'unit', command: ['npm', 'test', '--silent', '--'], counted: 'jest', yields: true },
  { name: 'model', command: npm('modelcheck', '--', '--states', '100000'), yields: true },
  { name: 'integration', command: npm('test:integration', '--'), counted: 'jest', yields: true },
  {
    name: 'benchmark',
    command: npm('bench', '--', '--smoke'),
    alone: 'it counts what contenders spend, and gives each as long as it takes on a machine without other work',
  },
  {
    name: 'proxies',
    command: npm('bench:observer', '--', '--smoke'),
    writes: ['dist'],
    yields: true,
  },
  {
    name: 'downloads',
    command: npm('bench:downloader', '--', '--smoke'),
    writes: ['dist'],
    yields: true,
  },
  {
    name: 'faults',
    command: npm('faults', '--', '--plans', '250', '--seed', '5', '--confirm'),
    alone: 'ten plans at a time take all processors, and its judges hold the operator to times',
  },
  {
    name: 'attacks',
    command: npm('attacks'),
    counted: 'last line',
    alone: 'an attack has failed if nothing came of it for a while, in which a slow operator would do nothing either',
  },
];
