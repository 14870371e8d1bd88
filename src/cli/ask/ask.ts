import { createReadStream } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { kubectl } from '../../api/command.ts';
import { duration, milliseconds } from '../../api/duration.ts';
import { modelDeployments } from '../../api/kinds.ts';
import { idOf, keyOf } from '../../api/resource.ts';
import type { IModelDeployment } from '../../api/types.ts';
import { errorMessage } from '../../kube/errors.ts';
import { protocols } from '../../kinds/modeldeployment/revision/protocols/index.ts';
import type { Asking } from '../../kinds/modeldeployment/revision/protocols/protocol.ts';
import { revisionName } from '../../kinds/modeldeployment/revision/revision.ts';
import { readyPodsOf, requestPortOf, revisionNamed, revisionTitle } from '../../product/served.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { readServing } from '../cluster/serving.ts';
import { type Invocation, Refused, type Run } from '../command.ts';
import { styled, text } from '../output/text.ts';
import { printAnswer } from './answer.ts';
import type { Answer, Question } from './exchange.ts';
import { ask as askServer, type Served } from './way.ts';

const defaultTimeout = '30s';

/** Sends one request to a model that is served, and prints what it answers. */
export const ask: Run = async (invocation: Invocation) => {
  const cluster = invocation.cluster();
  const [name = '', file] = invocation.words;
  const key = { namespace: cluster.namespace, name: name.replace(/^(?:mdep|modeldeployments?)\//, '') };
  const deployment = await cluster.client.get(modelDeployments, key);
  if (deployment === undefined) throw new Refused(`there is no ModelDeployment ${idOf(key)}`);
  const body = file === undefined ? undefined : await read(invocation, file);
  const { served, title } = await choose(cluster, deployment, invocation);
  const conversation = new Conversation(invocation, cluster, served, title);
  const asking = protocols.find((protocol) => protocol.name === deployment.spec.server.protocol)?.asking;
  const path = pathOf(invocation, asking);
  if (asking === undefined || path !== undefined)
    return await conversation.finish(questionOf(path ?? '/', body, invocation));
  const named = modelOf(invocation, asking);
  if (body !== undefined) {
    return await conversation.finish(questionOf(asking.path(named ?? key.name), jsonBody(body), invocation));
  }
  return await conversation.tryOut(asking, named);
};

/** One person's requests to one server, of which each is told. */
class Conversation {
  readonly #invocation: Invocation;
  readonly #cluster: Cluster;
  readonly #served: Served;
  readonly #title: string;
  #isTold = false;

  constructor(invocation: Invocation, cluster: Cluster, served: Served, title: string) {
    this.#invocation = invocation;
    this.#cluster = cluster;
    this.#served = served;
    this.#title = title;
  }

  /** Asks the server what it takes, and sends that. */
  async tryOut(asking: Asking, named: string | undefined): Promise<0 | 1> {
    const model = named ?? this.#served.name;
    const about = await this.#send(questionOf(asking.description(model), undefined, this.#invocation));
    const example = about.status < 400 ? asking.example(parsed(about.body), named) : undefined;
    if (example !== undefined) {
      return await this.finish(questionOf(asking.path(model), Buffer.from(JSON.stringify(example)), this.#invocation));
    }
    printAnswer(this.#invocation, about);
    if (about.status >= 400) return 1;
    this.#invocation.err.line(
      text`the server does not say what it takes, so there is no example to send: give it a body, in a file or by ${styled('command', '-')}`,
    );
    return 0;
  }

  async finish(question: Question): Promise<0 | 1> {
    const answer = await this.#send(question);
    printAnswer(this.#invocation, answer);
    return answer.status < 400 ? 0 : 1;
  }

  async #send(question: Question): Promise<Answer> {
    const { err, options, stop } = this.#invocation;
    const wanted = String(options['timeout'] ?? defaultTimeout);
    const timeout = milliseconds(wanted);
    if (timeout === undefined) throw new Refused(`--timeout takes a length such as 10s, not "${wanted}"`, 2);
    const expired = AbortSignal.timeout(timeout);
    const begun = performance.now();
    try {
      const { answer, instead } = await askServer(
        this.#cluster,
        this.#served,
        question,
        AbortSignal.any([stop, expired]),
      );
      this.#tell(instead);
      const time = duration(performance.now() - begun);
      const status = `${answer.status} ${STATUS_CODES[answer.status] ?? ''}`.trim();
      const told = styled(answer.status < 400 ? 'good' : 'bad', status);
      err.line(text`${question.method} ${question.path}: ${told} in ${time}`);
      return answer;
    } catch (error) {
      const { namespace } = keyOf(this.#served.pod);
      const why = kubectl(undefined, 'flyball', 'why', 'mdep', this.#served.name, '-n', namespace);
      if (stop.aborted) throw error;
      const said = expired.aborted ? `no answer within ${wanted}` : errorMessage(error);
      throw new Refused(
        `${question.method} ${question.path} to ${this.#title}: ${said}. What goes on there, \`${why}\` tells`,
      );
    }
  }

  #tell(instead: string | undefined): void {
    if (this.#isTold) return;
    this.#isTold = true;
    const { err } = this.#invocation;
    const { pod, service } = this.#served;
    const asked = `${this.#title}, ${keyOf(pod).name}`;
    if (instead === undefined) err.line(text`asking ${asked} by a forwarded port`);
    else
      err.line(
        text`asking ${this.#title} by the API server's proxy to Service ${service}, since its port is not forwarded: ${instead}`,
      );
    if (this.#served.isObserved) err.line(text`it goes through the observer, and so counts as a request of a client`);
  }
}

async function choose(cluster: Cluster, deployment: IModelDeployment, invocation: Invocation) {
  const key = keyOf(deployment);
  const why = kubectl(undefined, 'flyball', 'why', 'mdep', key.name, '-n', key.namespace);
  const word = invocation.options['candidate'] === true ? 'candidate' : (option(invocation, 'revision') ?? 'stable');
  const revision = revisionNamed(deployment, word);
  if (revision === undefined) throw new Refused(`${key.name} has no ${word} revision now; why, \`${why}\` tells`);
  const { objects, unread } = await readServing(cluster, key);
  const [pod] = readyPodsOf(deployment, objects, revision);
  const port = pod && requestPortOf(pod);
  if (pod === undefined || port === undefined) {
    const lacking = unread.map(({ what, why: said }) => `; ${what} could not be read: ${said}`).join('');
    throw new Refused(`no pod of ${revisionTitle(deployment, revision)} is ready; why, \`${why}\` tells${lacking}`);
  }
  const service = revisionName(key.name, revision);
  const isObserved = deployment.spec.observe !== undefined;
  return { served: { name: key.name, pod, port, service, isObserved }, title: revisionTitle(deployment, revision) };
}

/** The path that a person wrote. Where the protocol has paths of its own, there is none. @throws Refused for what is no path. */
function pathOf(invocation: Invocation, asking: Asking | undefined): string | undefined {
  const path = option(invocation, 'path');
  if (path === undefined) return undefined;
  if (asking !== undefined && asking.isModelInBody !== true)
    throw new Refused('--path is for servers of the protocols HTTP and OpenAI: others have paths of their own', 2);
  const parts = path.replaceAll(/%2e/gi, '.').split(/[/?]|%2f/i);
  if (!/^\/[!-~]*$/.test(path) || path.includes('#') || parts.some((part) => part === '..' || part === '.')) {
    throw new Refused('--path takes a path that begins with a slash, without spaces, # or ..', 2);
  }
  return path;
}

/** @throws Refused for what could mean another path. */
function modelOf(invocation: Invocation, { isModelInBody }: Asking): string | undefined {
  const model = option(invocation, 'model');
  const form =
    isModelInBody === true ? /^[A-Za-z0-9_/][A-Za-z0-9_./:-]{0,255}$/ : /^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,255}$/;
  if (model === undefined || form.test(model)) return model;
  throw new Refused(
    `--model takes letters, digits, "_", ".", ":" and "-"${isModelInBody === true ? ', and "/"' : ''}`,
    2,
  );
}

function questionOf(path: string, body: Buffer | undefined, invocation: Invocation): Question {
  const isJSON = body !== undefined && parsed(body) !== undefined;
  const contentType = option(invocation, 'contentType') ?? (isJSON ? 'application/json' : 'application/octet-stream');
  return { method: body === undefined ? 'GET' : 'POST', path, body, contentType };
}

function jsonBody(body: Buffer): Buffer {
  try {
    JSON.parse(body.toString());
    return body;
  } catch (error) {
    throw new Refused(`the body is no JSON, which the protocol takes: ${errorMessage(error)}`, 2);
  }
}

/** As much as a request may have. */
const mostBytes = 64 * 1024 * 1024;

async function read({ input }: Invocation, file: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of file === '-' ? input : createReadStream(file)) {
      chunks.push(chunk as Uint8Array);
      size += (chunk as Uint8Array).length;
      if (size > mostBytes) break;
    }
  } catch (error) {
    throw new Refused(errorMessage(error), 2);
  }
  if (size > mostBytes) throw new Refused('the body is longer than 64 MiB', 2);
  return Buffer.concat(chunks);
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

function option({ options }: Invocation, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
