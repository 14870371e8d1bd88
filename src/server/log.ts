import winston from 'winston';
import type { Log } from '../kube/log.ts';

/** What JSON leaves as it is, though a terminal or a reader obeys it: C1, marks of direction, what has no width. */
const unescaped = /[\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON lines on stdout: level, ts, msg, then the fields. Levels are error, warn, info and debug. */
export function createLog(level: string): Log {
  const line = winston.format.printf(({ level: severity, message, ...fields }) =>
    escaped(JSON.stringify({ level: severity, ts: new Date().toISOString(), msg: message, ...fields })),
  );
  return winston.createLogger({ level, format: line, transports: [new winston.transports.Console()] });
}

/** Such characters occur within the strings of JSON alone. */
export function escaped(json: string): string {
  return json.replace(unescaped, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
