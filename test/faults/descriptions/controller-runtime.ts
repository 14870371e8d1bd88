import { jobs, modelVersions, trainingRuns } from '../../../src/api/kinds.ts';
import { label } from '../../../src/api/labels.ts';
import { contender } from '../../bench/contenders/index.ts';
import type { Cluster } from '../../bench/cluster.ts';
import { trainingRun } from '../../bench/objects.ts';
import { attemptRules } from '../judge/attempts.ts';
import { boundRules } from '../judge/bounds.ts';
import { ownershipRules } from '../judge/ownership.ts';
import { recordRules } from '../judge/records.ts';
import { statusRules } from '../judge/status.ts';
import { templateRules } from '../judge/templates.ts';
import { successful } from '../scenarios/training.ts';
import type { Description } from './description.ts';

/** @param plantBug whether it leaves the names of Jobs to chance. */
export function controllerRuntime({ plantBug }: { readonly plantBug: boolean }): Description {
  const built = contender('G', { bundle: undefined, concurrency: 8 });
  return {
    name: 'controller-runtime',
    startable: ({ kubeconfig, namespace }) => {
      const { program, args } = built.command({ kubeconfig } as Cluster);
      return {
        path: program,
        // The last flag of a name counts.
        args: [...args, `--namespace=${namespace}`, ...(plantBug ? ['--plant-bug'] : [])],
        environment: { PATH: process.env['PATH'], KUBECONFIG: kubeconfig },
      };
    },
    parents: [trainingRuns],
    children: [jobs, modelVersions],
    records: [modelVersions],
    watches: 9,
    // client-go's defaults.
    lease: { name: 'flyball-operator', duration: 15_000, renewDeadline: 10_000, writeTimeout: 10_000 },
    attemptOf: ({ metadata }) => metadata?.labels?.[label.attempt],
    needs: ['Lease'],
    // It makes one attempt of a run that has all that the benchmark's runs have, and follows it to its version.
    scenarios: successful(trainingRun('', 'fraud').spec),
    rules: [...ownershipRules, ...attemptRules, ...templateRules, ...boundRules, ...statusRules, ...recordRules],
    rulesAfterRestore: [...ownershipRules, ...attemptRules, ...boundRules, ...statusRules, ...recordRules],
  };
}
