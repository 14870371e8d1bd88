/** The loop of the demo, as `kubectl flyball` tells it from beginning to end. */
import { applyExample, manifests } from '../../../hack/loop/install.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { namespaces } from '../../../hack/loop/mark.ts';
import { steps } from '../../../hack/loop/steps.ts';
import { follow } from '../../../hack/loop/watch.ts';
import type { Round } from './live.ts';
import { Person, transcript } from './person.ts';

const name = 'biopsy';
const onlookers = [`kubectl flyball get mdep ${name} --watch`, `kubectl flyball logs --follow trun ${name}`];
const asked = [
  `kubectl flyball why mdep ${name}`,
  `kubectl flyball why mon ${name}`,
  `kubectl flyball why trun ${name}`,
];

/** Nothing is wrong on the way, so that all answer; what they say is kept for people to read. */
export async function playLoop({ cluster, report, keep }: Round): Promise<void> {
  const kubectl = new Kubectl(cluster);
  const person = await Person.at(cluster, namespaces.loop);
  const said: string[] = [];
  try {
    const lint = await person.types(`kubectl kustomize ${manifests('fast')} | kubectl flyball lint -`);
    report.record('lint finds nothing wrong with the example', lint.exitCode === 0, lint.out.trim());
    await applyExample(kubectl, 'fast');
    const running = onlookers.map((line) => ({ line, ...person.starts(line) }));
    for await (const { step, why, seconds } of follow(kubectl, namespaces.loop, steps)) {
      report.record(step.title, true, `${why} (${seconds.toFixed(0)} s)`);
      said.push(`== ${step.title}\n`);
      for (const line of asked) {
        const typed = await person.types(line);
        said.push(transcript(typed));
        report.record(`${line} answers`, typed.exitCode === 0 && typed.out !== '', typed.err);
      }
    }
    for (const { line, stop, output } of running) {
      await stop();
      said.push(transcript({ line, ...output() }));
    }
  } finally {
    keep('loop', said.join('\n'));
    person.leaves();
  }
}
