import { onePod } from '../../../src/kinds/trainingrun/stages/parallelism.ts';
import { reported } from '../../../src/kinds/trainingrun/stages/results.ts';
import type { Stage } from '../../../src/kinds/trainingrun/stages/stage.ts';
import { restrictedContainer } from '../../../src/workload/container.ts';

/** What it takes to add a stage: this file, and its place in the array. It is declared by a parameter that names its image. */
export const trial: Stage = {
  name: 'Trial',
  // Stands for a line in status/reasons.ts.
  reason: 'Trying' as string as Stage['reason'],
  verb: 'tries its model',
  place: { container: 'spec.parameters', claims: 'its parameter', pod: 'spec.pod' },
  job: (run, snapshot, _retry, before) => {
    const image = snapshot.recipe.parameters?.['trial'];
    if (image === undefined) return undefined;
    return {
      ...onePod(run, snapshot),
      template: {
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'main',
              image,
              env: [{ name: 'TRIAL_DIGEST', value: before.digest ?? '' }],
              securityContext: restrictedContainer,
            },
          ],
        },
      },
    };
  },
  conclude: reported,
};
