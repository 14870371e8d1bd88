/** What a server of another project is asked, and what it answers right, version by version. */
import type { ServerSpec } from '../../../src/api/types.ts';
import { serverExample } from '../../builders/serverexample.ts';
import { image, programOf } from '../outcomes/objects.ts';
import type { Place } from '../outcomes/place.ts';

export const clients = 'localhost/flyball/clients:0.1.0';

/** A program of this folder on one of the images. */
export const program = (of: string, name: string, ...args: readonly string[]) => ({
  image: of,
  ...programOf(import.meta.dirname, name, ...args),
});

export type Answers = Readonly<Record<string, unknown>>;

export interface Server {
  /** As examples/servers has it, but for the image, which no registry brings here. */
  readonly server: ServerSpec;
  /** `run`: a training makes the model, so that drift can be measured; `claim`: it lies in a claim. */
  readonly model: 'run' | 'claim';
  /** What clients send all the while; %x is a number from 0 to 1. */
  readonly load: { readonly path: string; readonly body: string };
  /** The clients of other projects. */
  asking(url: string): ReturnType<typeof program>;
  /** What they have to be answered by the n-th version. */
  right(version: number): Answers;
  /** How streams of a minute are read, if the server has any. */
  readonly streams?: 'openai' | 'bento';
}

/** All of a suite share a machine of two processors. */
const little = (cpu: string) => ({ cpu, memory: '768Mi', requests: { cpu: '50m', memory: '192Mi' } });

function standIn(name: string, others: Partial<ServerSpec>): ServerSpec {
  const { pod = {}, accelerator: _, command: __, ...server } = serverExample(name);
  return { ...server, resources: little('1'), ...others, pod: { ...pod, ...others.pod } };
}

const tensor = { name: 'x', shape: [1, 1], datatype: 'FP64', data: ['%x'] };
const infer = JSON.stringify({ inputs: [tensor] }).replace('"%x"', '%x');

function openInference(server: ServerSpec, ...extensions: readonly string[]): Server {
  const names = ['kserve', 'tritonclient', ...extensions.map((extension) => `tritonclient, ${extension}`)];
  return {
    server,
    model: 'run',
    load: { path: '/v2/models/model/infer', body: infer },
    asking: (url) => program(clients, 'oip', new URL(url).host, 'model', ...extensions),
    right: (version) => Object.fromEntries(names.map((name) => [name, [0.25 * version, 0.5 * version]])),
  };
}

/** Five letters after `a`, each `step` further in the alphabet. */
const letters = (step: number) =>
  Array.from({ length: 5 }, (_, index) => String.fromCodePoint(97 + (((index + 1) * step) % 26))).join('');

export const servers: Readonly<Record<string, Server>> = {
  mlserver: openInference(
    standIn('mlserver', {
      image: 'localhost/flyball/mlserver:0.1.0',
      command: ['/usr/bin/python3', '-c', 'from mlserver.cli import main; main()', 'start', '/tmp'],
      grpcPort: 8081,
    }),
    'grpc',
  ),
  // No index has the package of KServe's image: the same server around a class of ours.
  kserve: openInference(
    standIn('kserve-sklearn', { image, command: program(image, 'sklearnserver').command }),
    'binary',
  ),
  llamacpp: {
    server: standIn('llamacpp', { image: 'localhost/flyball/llamacpp:0.1.0', resources: little('300m') }),
    model: 'claim',
    load: {
      path: '/v1/completions',
      body: JSON.stringify({ prompt: 'a', max_tokens: 4, temperature: 0, stream: true }),
    },
    asking: (url) => program(clients, 'chat', url),
    right: (version) => ({
      completions: letters(version),
      chat: letters(version),
      stream: letters(version),
      // A token for the beginning and each byte, of which a space has three.
      tokens: [8, 5],
    }),
    streams: 'openai',
  },
  bentoml: {
    server: standIn('bentoml', { image: 'localhost/flyball/bentoml:0.1.0' }),
    model: 'claim',
    load: { path: '/predict', body: '{"x": [%x, 1]}' },
    asking: (url) => program('localhost/flyball/bentoml:0.1.0', 'bento', url),
    right: (version) => ({ predict: 0.5 * version, count: ['0'] }),
    streams: 'bento',
  },
};

export const urlOf = ({ namespace }: Place) => `http://model.${namespace}.svc`;
