/** Durations as Go reads and writes them: `1h30m`, `1.5s`, `250ms`, `-1us`. Counted in nanoseconds, in 64 bits. */

const nanoseconds = new Map<string, bigint>([
  ['ns', 1n],
  ['us', 1_000n],
  ['\u00b5s', 1_000n],
  ['\u03bcs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

/** One past the largest duration; its negative is the smallest one. */
const limit = 2n ** 63n;

const shape = /^[-+]?(?:0|(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[^.0-9]+)+)$/;
const parts = /([0-9]*)(?:\.([0-9]*))?([^.0-9]+)/g;

/** The nanoseconds of a duration, or nothing for a text that Go refuses; `durationProblem` tells why. */
export function parseDuration(text: string): bigint | undefined {
  if (!shape.test(text)) {
    return undefined;
  }
  const negative = text[0] === '-';
  const unsigned = text.replace(/^[-+]/, '');
  if (unsigned === '0') {
    return 0n;
  }
  let total = 0n;
  for (const [, whole, fraction = '', unit] of unsigned.matchAll(parts)) {
    const scale = nanoseconds.get(unit as string);
    if (scale === undefined) {
      return undefined;
    }
    const value = BigInt(whole || '0') * scale + fractionOf(fraction, scale);
    total += value;
    if (value > limit || total > limit) {
      return undefined;
    }
  }
  if (negative) {
    return -total;
  }
  return total === limit ? undefined : total;
}

/** Go keeps as many digits of a fraction as 63 bits hold and multiplies them as a float; what that rounds is part of the answer. */
function fractionOf(digits: string, scale: bigint): bigint {
  let value = 0n;
  let divisor = 1;
  for (const digit of digits) {
    const next = value * 10n + BigInt(digit);
    if (value > (limit - 1n) / 10n || next > limit) {
      break;
    }
    value = next;
    divisor *= 10;
  }
  return BigInt(Math.trunc(Number(value) * (Number(scale) / divisor)));
}

/** The milliseconds of a duration, with their fraction; 0 for a text that Go refuses. */
export function milliseconds(text: string): number {
  return Number(parseDuration(text) ?? 0n) / 1e6;
}

/** What is wrong with a duration, as the end of a sentence ("the duration ..."), or nothing when Go reads it. */
export function durationProblem(text: string): string | undefined {
  if (parseDuration(text) !== undefined) {
    return undefined;
  }
  if (text === '') {
    return 'is empty';
  }
  if (/^[-+]?[0-9]+(?:\.[0-9]*)?$|[0-9.]$/.test(text)) {
    return 'ends with a number without a unit';
  }
  const unknown = [...text.matchAll(parts)].map(([, , , unit]) => unit as string).find((unit) => !nanoseconds.has(unit));
  if (unknown !== undefined && /[0-9]/.test(text)) {
    return `has the unknown unit ${JSON.stringify(unknown)}; the units are ns, us, ms, s, m and h`;
  }
  return shape.test(text) ? 'is longer than 64 bits of nanoseconds (292 years)' : 'is no number with a unit';
}

/** The text that Go prints for a duration: `1h30m0s`, `1.5s`, `250ms`, `1µs`, `0s`. */
export function formatDuration(duration: bigint): string {
  if (duration === 0n) {
    return '0s';
  }
  const sign = duration < 0n ? '-' : '';
  const magnitude = duration < 0n ? -duration : duration;
  if (magnitude < 1_000n) {
    return `${sign}${magnitude}ns`;
  }
  if (magnitude < 1_000_000n) {
    return `${sign}${decimal(magnitude, 3)}\u00b5s`;
  }
  if (magnitude < 1_000_000_000n) {
    return `${sign}${decimal(magnitude, 6)}ms`;
  }
  const minutes = magnitude / 60_000_000_000n;
  const seconds = `${decimal(magnitude % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) {
    return sign + seconds;
  }
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** A number with a point before its last digits, without zeros at the end. */
function decimal(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return digits.slice(0, -places) + (fraction === '' ? '' : `.${fraction}`);
}
