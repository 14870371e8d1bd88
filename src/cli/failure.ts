import { kubectl } from '../api/command.ts';
import { shortened } from '../api/condition.ts';
import { type Message, written } from '../api/message.ts';
import { CredentialsMissing } from '../kube/connection.ts';
import { errorMessage, KubernetesError } from '../kube/errors.ts';
import { Refused } from './refused.ts';

/** To whom the command spoke when it failed. */
export interface Target {
  readonly server: string;
  readonly namespace: string;
  readonly installHint?: string | undefined;
}

/** It may name what others have written. */
const longestError = 2_000;

/** What went wrong, as one sentence with whose move it is and the next command. What is not understood is told as it is. */
export function explained(error: unknown, target: Target | undefined): string {
  const told = error instanceof Refused || target === undefined ? undefined : messageOf(error, target);
  return told === undefined ? shortened(errorMessage(error), longestError) : written(told);
}

function messageOf(error: unknown, target: Target): Message | undefined {
  if (error instanceof CredentialsMissing) return ofCredentials(error, target);
  if (error instanceof KubernetesError) return ofAnswer(error, target);
  const code = codeOf(error);
  const connection = code === undefined ? undefined : ofConnection(code, target);
  if (connection !== undefined) return { ...connection, quote: { by: 'the connection', words: errorMessage(error) } };
  return error instanceof SyntaxError ? foreignAnswer(target, error) : undefined;
}

/** The choice of the cluster, where it may be another one that was meant. */
const anotherCluster = {
  text: 'choose another cluster by --context, of those that there are',
  command: kubectl(undefined, 'config', 'get-contexts'),
};
const kubeconfig = { text: 'see what the kubeconfig says', command: kubectl(undefined, 'config', 'view', '--minify') };

function ofAnswer(error: KubernetesError, { server, namespace }: Target): Message {
  const quote = { by: 'the API server', words: error.message };
  if (error.code === 401) {
    const text = 'Log in again by whatever gave you the kubeconfig, and see as whom you come';
    return {
      what: `the API server ${server} does not accept your credentials`,
      remedies: [{ text, command: kubectl(undefined, 'auth', 'whoami') }],
      quote,
    };
  }
  if (error.code === 403) {
    const text = 'The move is of whoever grants rights in this cluster; what you may do is listed by';
    return {
      what: 'you are not allowed to do this',
      remedies: [{ text, command: kubectl(namespace, 'auth', 'can-i', '--list') }],
      quote,
    };
  }
  if (isUnserved(error)) return unserved(server);
  if (error.code >= 500 || error.code === 429) {
    const text = 'Try again; if it stays so, the move is of whoever runs the cluster';
    return {
      what: `the API server ${server} could not answer`,
      remedies: [{ text, command: kubectl(undefined, 'get', '--raw', '/readyz?verbose') }],
      quote,
    };
  }
  return { what: 'the API server refused it', quote };
}

/** Whether an answer says that there is no such kind, rather than no such object. */
export function isUnserved({ code, reason, message }: KubernetesError): boolean {
  // Of a group that it does not know an API server says so without a Status.
  return code === 404 && (reason === '' || message.includes('could not find the requested resource'));
}

/** A cluster that knows nothing of Flyball. */
export function unserved(server: string): Message {
  return {
    what: `the cluster ${server} has no CustomResourceDefinitions of Flyball`,
    remedies: [
      {
        text: 'whoever runs the cluster installs it by its Helm chart, whose CustomResourceDefinitions are then among',
        command: kubectl(undefined, 'get', 'crds'),
      },
      anotherCluster,
    ],
  };
}

function ofCredentials(error: CredentialsMissing, { installHint }: Target): Message {
  const { cause } = error;
  const program =
    codeOf(cause) === 'ENOENT' && cause instanceof Error ? /^spawn (.*) ENOENT$/.exec(cause.message)?.[1] : undefined;
  if (program !== undefined) {
    return {
      what: `the program "${program}", by which your kubeconfig gets credentials, is not on the PATH`,
      remedies: [{ text: 'Install it', command: kubectl(undefined, 'config', 'view', '--minify') }],
      quote: { by: 'the kubeconfig', words: installHint },
    };
  }
  return {
    what: 'your credentials cannot be had',
    remedies: [kubeconfig],
    quote: { by: 'what gets them', words: error.message, telling: 'End' },
  };
}

function ofConnection(code: string, { server }: Target): Message | undefined {
  if (code === 'ECONNREFUSED') {
    return { what: `nothing listens at ${server}`, remedies: [{ text: 'Start the cluster' }, anotherCluster] };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return {
      what: `the name of ${server} is not known here`,
      remedies: [{ text: 'Connect to the network that knows it, such as a VPN' }, anotherCluster],
    };
  }
  if (timeouts.has(code)) {
    const readyz = kubectl(undefined, 'get', '--raw', '/readyz');
    return {
      what: `${server} did not answer in time`,
      remedies: [
        { text: 'Wait longer by --request-timeout=2m' },
        { text: 'see whether it is well', command: readyz },
        anotherCluster,
      ],
    };
  }
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return { what: `what listens at ${server} does not speak TLS`, remedies: [kubeconfig] };
  }
  if (/CERT|SIGNATURE|^ERR_TLS|^ERR_SSL/.test(code)) {
    return {
      what: `the certificate of ${server} is not trusted`,
      remedies: [
        { text: "the kubeconfig has to hold the cluster's certificate-authority-data", command: kubeconfig.command },
      ],
    };
  }
  if (broken.test(code)) {
    return { what: `the connection to ${server} broke`, remedies: [{ text: 'Try again' }, anotherCluster] };
  }
  return undefined;
}

const timeouts: ReadonlySet<string> = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT']);
const broken = /^(ECONN|EPIPE|EHOST|ENET|UND_ERR)/;

/** Whether no answer came in time. */
export function isTimeout(error: unknown): boolean {
  return (error instanceof Error && error.name === 'TimeoutError') || timeouts.has(codeOf(error) ?? '');
}

/** Whether the connection broke, or could not be made, before there was an answer. */
export function isUnanswered(error: unknown): boolean {
  return broken.test(codeOf(error) ?? '');
}

function foreignAnswer({ server }: Target, error: SyntaxError): Message {
  return {
    what: `what answers at ${server} is no API server`,
    remedies: [kubeconfig, anotherCluster],
    quote: { by: 'the reader of its answer', words: error.message },
  };
}

/** Of an error or of what caused it, the first that has a code. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return inner.map(codeOf).find((found) => found !== undefined);
}
