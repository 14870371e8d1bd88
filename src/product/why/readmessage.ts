/** What a message that `written` has put together says, in its parts again. */
import type { Step } from './explanation.ts';

export interface ReadMessage {
  /** What is wrong, or what goes on, as a sentence without full stop. */
  readonly what: string;
  readonly remedies: readonly Step[];
  /** What others said: "the kubelet said: …". */
  readonly quote?: string;
}

/** Remedies without a command stay where they stand, with what is wrong. */
export function readMessage(message: string): ReadMessage {
  const begin = message.indexOf('`');
  if (begin < 0) return withoutQuote(message);
  // A remedy begins a sentence of its own.
  const sentence = message.lastIndexOf('. ', begin);
  const what = sentence < 0 ? '' : message.slice(0, sentence);
  const told = sentence < 0 ? message : message.slice(sentence + 2);
  const rest = told.slice(told.lastIndexOf('`') + 1);
  const quote = quoteIn(rest);
  const remedies = [...remediesIn(told), ...withoutCommand(rest.slice(0, rest.length - (quote?.length ?? 0)))];
  return { what: what === '' ? told : what, remedies, ...(quote !== undefined && { quote }) };
}

function remediesIn(told: string): Step[] {
  return [...told.matchAll(/([^`]*?): `([^`]*)`/g)].flatMap(([, words = '', command = '']) => {
    const clauses = words.replace(/^[;.] (?:or )?/, '').split('; or ');
    const last = clauses.at(-1) ?? '';
    return [...clauses.slice(0, -1).map((text) => ({ text })), { text: last, command }];
  });
}

/** Those behind the last command. */
function withoutCommand(rest: string): Step[] {
  return rest
    .split('; or ')
    .slice(1)
    .map((text) => ({ text: text.replace(/[;. ]+$/, '') }));
}

const said = /(?:^|; )((?:the|container) [^:;`]{1,128} said: .*)$/;

function quoteIn(words: string): string | undefined {
  return said.exec(words)?.[1];
}

function withoutQuote(message: string): ReadMessage {
  const quote = quoteIn(message);
  const what = quote === undefined ? message : message.slice(0, message.length - quote.length).replace(/; $/, '');
  return { what: what.replace(/\.$/, ''), remedies: [], ...(quote !== undefined && { quote }) };
}

/** What is wrong, with what others said of it. */
export function sentenceOf({ what, quote }: Pick<ReadMessage, 'what' | 'quote'>): string {
  return quote === undefined ? what : `${what}; ${quote}`;
}
