import { type Enums, enums } from '../../imports';
import type { Duration } from '../../imports/schema';
import { callerLocation, writtenAt } from './call-site';

/** Numbers with units, as Go reads them: `1h30m`, `1.5s`, `.5s`, `300ms`. */
const goDuration = /^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;

/**
 * Takes a length of time from a plain `string`, for example of a configuration: `5s`, `1.5s`, `1h30m`.
 * Throws at once for any other text, naming the author's line; `5` has no unit and is none.
 */
export function duration(text: string): Duration {
  if (goDuration.test(text)) return text as Duration;
  throw new Error(`${JSON.stringify(text)} is no duration; write a number and a unit, such as 5s, 1.5s, 300ms or 1h30m${writtenAt(callerLocation())}`);
}

/**
 * Takes the value of an enum from a plain `string`, for example of the environment: `enumValue('MutualTLSMode', process.env.MODE)`.
 * Throws at once for any other text, naming the values and the author's line.
 */
export function enumValue<Name extends keyof Enums>(name: Name, value: string | undefined): Enums[Name] {
  const values: readonly string[] = enums[name];
  if (value !== undefined && values.includes(value)) return value as Enums[Name];
  throw new Error(
    `${value === undefined ? 'undefined' : JSON.stringify(value)} is no ${name}; it is one of ${values.join(', ')}${writtenAt(callerLocation())}`,
  );
}
