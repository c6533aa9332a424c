import { callerLocation, writtenAt } from '../constructs/call-site';

/** The error for what a pattern was given and cannot use. It ends with the author's line. */
export function badInput(message: string): Error {
  return new Error(`${message}${writtenAt(callerLocation())}`);
}
