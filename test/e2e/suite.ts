import type { Cluster } from '../../hack/cluster/cluster.ts';
import type { ImageName } from '../../hack/images/recipes.ts';
import type { Report } from './report.ts';

/** What a suite has when it plays. */
export interface Round {
  readonly cluster: Cluster;
  readonly report: Report;
  /** `quick` lasts three minutes at most and is what `./hack/test` runs; `whole` is for whoever names the suite. */
  readonly form: 'quick' | 'whole';
  /** The scenes that were asked for; none means all. */
  readonly scenes: readonly string[];
  /** What chance is drawn from. */
  readonly seed: number;
}

/** Something to see on a real cluster. Its name in `suites.ts` is what `npm run test:e2e -- NAME` takes. */
export interface Suite {
  /** One line for `--help`. */
  readonly title: string;
  /** What its pods run; images of the operator and of Prometheus come with `installs`. */
  readonly images: readonly ImageName[];
  /** What is on the cluster when it begins: the operator by the chart and Prometheus by its example, or nothing. */
  readonly installs: 'flyball' | 'nothing';
  /**
   * Where its quick form plays: on the cluster of all suites (which installs flyball), alone there or beside the others that may;
   * on a cluster of its own; or nowhere, if the suite has none.
   */
  readonly quick: 'alone' | 'beside' | 'own cluster' | 'none';
  /** Parts that can be asked for by name, if any. */
  readonly scenes?: readonly string[];
  /** Records what it sees; an exception counts as one failure. */
  play(round: Round): Promise<void>;
}
