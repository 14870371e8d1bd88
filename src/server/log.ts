import winston from 'winston';
import type { Log } from '../kube/log.ts';

/** JSON lines on stdout: level, ts, msg, then the fields. Levels are error, warn, info and debug. */
export function createLog(level: string): Log {
  const line = winston.format.printf(({ level: severity, message, ...fields }) =>
    JSON.stringify({ level: severity, ts: new Date().toISOString(), msg: message, ...fields }),
  );
  return winston.createLogger({ level, format: line, transports: [new winston.transports.Console()] });
}
