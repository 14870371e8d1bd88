/** What the demo says of the loop: while it closes, at the end, and when it is run again. */
import type { Cluster, ProviderName } from '../cluster/cluster.ts';
import { during, say } from '../cluster/progress.ts';
import { ask, question } from './ask.ts';
import type { Form } from './install.ts';
import { Kubectl } from './kubectl.ts';
import { namespaces } from './mark.ts';
import { peopleDid } from './people.ts';
import { buildCommandLine, commandLines } from './shown.ts';
import { look } from './state.ts';
import { steps } from './steps.ts';
import { pastOf, present } from './story.ts';
import { verify } from './verify.ts';
import { follow } from './watch.ts';

type Line = (title: string, why: string, seconds: number) => void;

const tell = (text: string) => say(text, process.stdout);

/** Tells what there is. Answers whether the loop is as the demo began it, so that it may be waited for and judged. */
export async function tellState(cluster: Cluster, form: Form): Promise<boolean> {
  const state = await look(new Kubectl(cluster), namespaces.loop);
  tell(`\nThe demo stands already (examples/${form}). What the loop has done:`);
  for (const { step, why } of pastOf(state, steps)) {
    tell(why === undefined ? `· ${step.title}: not yet` : `✓ ${step.title.padEnd(42)}  ${why}`);
  }
  tell('\nWhat stands now:');
  for (const one of present(state)) tell(`  ${one}`);
  const deeds = await during('looking for what people did', () => peopleDid(cluster, form, state));
  tell(
    deeds.length === 0 ? '\nNobody has changed what the demo made, as far as the cluster tells.' : '\nWhat people did:',
  );
  for (const deed of deeds) tell(`  ${deed}`);
  tell('');
  return deeds.length === 0;
}

/** Follows what is still to come; steps that passed are told by `tellState`. */
export async function followOn(cluster: Cluster, line: Line): Promise<void> {
  const kubectl = new Kubectl(cluster);
  const past = pastOf(await look(kubectl, namespaces.loop), steps);
  const coming = past.filter(({ why }) => why === undefined).map(({ step }) => step);
  for await (const { step, why, seconds } of follow(kubectl, namespaces.loop, coming)) line(step.title, why, seconds);
}

/**
 * Judges the demo's own expectations, and ends with what to do next. Where people had a hand in it, an expectation that does not hold
 * is told and is no failure of the demo.
 */
export async function finish(cluster: Cluster, provider: ProviderName, isUntouched: boolean): Promise<number> {
  const isPassed = await judge(cluster, isUntouched);
  const lines = await question(cluster);
  const { kubectl, kubeconfig } = cluster;
  await during('building the command line', buildCommandLine);
  tell(`
Look at it, with the command line of this checkout:

  export KUBECONFIG=${kubeconfig}
${commandLines(cluster)}

or with kubectl alone:

  ${kubectl} get trun,mver,mdep,mon -n ${namespaces.loop}
  ${kubectl} events -n ${namespaces.loop}
  ${kubectl} get mver -n ${namespaces.loop} -o yaml
  ${kubectl} explain trainingrun.spec

  ./hack/demo --provider ${provider} --down   removes all of it

Ask the model about a patient:
${lines}`);
  tell(
    await during('asking the model', () => ask(lines)).then(
      (answer) => `It has just answered: ${answer}`,
      (error: unknown) => `It has just answered nothing: ${error instanceof Error ? error.message : String(error)}`,
    ),
  );
  return isPassed || !isUntouched ? 0 : 1;
}

async function judge(cluster: Cluster, isUntouched: boolean): Promise<boolean> {
  const state = await look(new Kubectl(cluster), namespaces.loop);
  const anew = `\`./hack/demo --provider ${cluster.provider} --down\`, and then the demo again, begins anew.`;
  if (pastOf(state, steps).at(-1)?.why === undefined) {
    tell(`The loop is not closed, and is not waited for, since people had a hand in it: ${anew}`);
    return false;
  }
  const verdicts = await during('judging the loop', () => verify(cluster));
  tell("The demo's own expectations of a loop with nobody's hand:");
  for (const { name, passed, detail } of verdicts) tell(`${passed ? '✓' : '✗'} ${name}: ${detail}`);
  const isPassed = verdicts.every(({ passed }) => passed);
  if (!isPassed && !isUntouched) tell(`What does not hold may be what people did: ${anew}`);
  return isPassed;
}
