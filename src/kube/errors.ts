import { oneLine } from '../api/text.ts';
import { isObject } from './mergepatch.ts';

/** Of the words of an answer, among which may be a webhook's: more is neither shown nor understood. */
const longestWords = 8192;

/** What the API server answered instead of doing what was asked: its metav1.Status, or the HTTP status alone. */
export class KubernetesError extends Error {
  readonly type = 'KubernetesError';
  /** The HTTP status. */
  readonly code: number;
  /** The Status' reason, which tells AlreadyExists from Conflict; empty if the answer held no Status. */
  readonly reason: string;
  /** Milliseconds that the API server asked us to wait. */
  readonly retryAfter: number | undefined;

  constructor(code: number, reason: string, message: string, retryAfter?: number) {
    super(message);
    this.name = 'KubernetesError';
    this.code = code;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** From a Status object, as in the body of an answer or an ERROR frame of a watch. `httpCode` is used where it has no code. */
  static fromStatus(status: unknown, httpCode: number, retryAfterHeader?: string): KubernetesError {
    const fields = isObject(status) ? status : {};
    const details = isObject(fields['details']) ? fields['details'] : {};
    const seconds = Number(retryAfterHeader ?? details['retryAfterSeconds']);
    return new KubernetesError(
      typeof fields['code'] === 'number' ? fields['code'] : httpCode,
      typeof fields['reason'] === 'string' ? fields['reason'] : '',
      typeof fields['message'] === 'string'
        ? oneLine(fields['message'].slice(0, longestWords))
        : `the API server answered with status ${httpCode}`,
      seconds > 0 ? seconds * 1000 : undefined,
    );
  }
}

/** True for an answer of the API server with one of these reasons, such as 'Conflict' or 'AlreadyExists' (both are 409). */
export function hasReason(error: unknown, ...reasons: readonly string[]): error is KubernetesError {
  return error instanceof KubernetesError && reasons.includes(error.reason);
}

/** True if the version to watch from is no longer held, after which only a new LIST helps. */
export function isExpired(error: unknown): boolean {
  return error instanceof KubernetesError && error.code === 410;
}

/** How long the API server asked us to wait, or 0. */
export function retryAfterOf(error: unknown): number {
  return error instanceof KubernetesError ? (error.retryAfter ?? 0) : 0;
}

/** One line for people: messages of nested causes included, since undici hides "connect ECONNREFUSED" in the cause. */
export function errorMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `: ${errorMessage(error.cause)}`;
  const nested = error instanceof AggregateError ? `: ${error.errors.map(errorMessage).join(', ')}` : '';
  return `${error.message}${nested}${cause}`;
}
