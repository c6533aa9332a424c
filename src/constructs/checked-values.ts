import { type Enums, enums } from '../../imports';
import type { Duration } from '../../imports/schema';
import { durationProblem } from '../manifest/duration';
import { suggest } from '../manifest/suggest';
import { callerLocation, writtenAt } from './call-site';

/**
 * Takes a length of time from a plain `string`, for example of a configuration: `5s`, `1.5s`, `1h30m`.
 * Throws at once for any other text, naming the author's line; `5` has no unit and is none, and neither is a negative one.
 */
export function duration(text: string): Duration {
  const problem = durationProblem(text) ?? (text.startsWith('-') ? 'is negative' : undefined);
  if (problem === undefined) return text as Duration;
  throw new Error(`the duration ${JSON.stringify(text)} ${problem}; write for example 5s, 1.5s, 300ms or 1h30m${writtenAt(callerLocation())}`);
}

/**
 * Takes the value of an enum from a plain `string`, for example of the environment: `enumValue('MutualTLSMode', process.env.MODE)`.
 * Throws at once for any other text, naming the values and the author's line.
 */
export function enumValue<Name extends keyof Enums>(name: Name, value: string | undefined): Enums[Name] {
  const values: readonly string[] = enums[name];
  if (value !== undefined && values.includes(value)) return value as Enums[Name];
  const near = value === undefined ? undefined : suggest(value, values);
  const choice = `${values.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`;
  throw new Error(`${value === undefined ? 'undefined' : JSON.stringify(value)} is no ${name}: it is one of ${choice}${writtenAt(callerLocation())}`);
}
