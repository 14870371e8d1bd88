/** The help of `npm run test:e2e`, which is read out of this file where there is no Node. */
export const usage = `Usage: npm run test:e2e -- [SUITE [SCENE …]] [options]

  Without a suite the quick forms of all play, as ./hack/test runs them; with one it plays whole, or the scenes that are named.

  loop        the loop of the demo, a training on two pods, and what users get wrong
  observer    floods, drains that others ask for, and a server that closes its connections
  gangs       two gangs, each on half of the accelerators that it needs: both end
  surge       one accelerator: a revision is tried in the place of what serves, which comes back if it fails
  outcomes    what ends badly without anybody’s fault, or looks well and is not
              scenes: evicted evicted-first evicted-second hanging blinking corrupt sidecar-hangs sidecar-lingers sidecar-fails
              corrected refused
  pods        any image on any node: every option of a pod, seen in one that runs
              scenes: training server stream profile taint private users scripts mistakes
  artifacts   artifacts in stores: trained from, saved to, served from, and what goes wrong with that
              scenes: s3 gs abfss https hf oci checkpoint mistakes cache kills away large
  servers     servers of other projects, unmodified: canary, checks, rollback, scale, streams, their clients
              scenes: mlserver kserve llamacpp bentoml times conformance
  cli         kubectl flyball on what goes well and on what goes wrong, whose fixes work
              scenes: product loop image-missing image-of-root command-missing traceback out-of-memory gate-failed
              gpu-product-absent gpu-in-use quota-pods quota-wants-limits quota-server secret-missing
              env-from-missing claim-missing init-fails run-suspended server-listens-elsewhere server-crashes
              service-taken training-run-without-version scaled-to-zero candidate-errors candidate-without-traffic
              rollout-paused monitor-fails query-several-series bucket-missing object-missing
              credentials-wrong store-secret-missing digest-other storage-too-small output-empty
              output-has-link output-bucket-missing
  helm        the chart installed, upgraded, rolled back and removed, while people train, serve and ask
  argocd      Argo CD keeps a product as Git has it: the loop, its actions, waves, a backup, an autoscaler
  kill        the loop, with the operator killed at 20 moments that --seed gives
  current     the demo on a cluster that others use: nothing of theirs changes
  first-model the page about a first model, followed by the letter, until the loop has closed

  --quick      the quick form of the suite that is named
  --seed N     what chance is drawn from (1)
  --keep       leaves the cluster as it is; node hack/cluster/cli.ts down --name NAME removes it
  --help       prints this

The last line is N passed, N failed. Exit code 0: nothing failed; 1: something did; 2: the options cannot be understood.`;
