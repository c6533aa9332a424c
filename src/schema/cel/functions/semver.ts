import { compareStrings } from '../comparison';
import { CelEvaluationError } from '../errors';
import { type CelInt, toInt } from '../integers';
import { OpaqueValue } from '../values';
import type { Library } from './library';

/** The value that `semver()` makes; build metadata does not count when versions are compared. */
export class Semver extends OpaqueValue {
  constructor(
    readonly core: readonly [major: bigint, minor: bigint, patch: bigint],
    readonly prerelease: readonly string[],
    readonly text: string,
  ) {
    super();
  }

  get type(): string {
    return 'kubernetes.Semver';
  }

  equals(other: OpaqueValue): boolean {
    return other instanceof Semver && compareVersions(this, other) === 0;
  }
}

const NUMBER = '(?:0|[1-9][0-9]*)';
const IDENTIFIER = `(?:${NUMBER}|[0-9A-Za-z-]*[A-Za-z-][0-9A-Za-z-]*)`;
const VERSION = new RegExp(`^(${NUMBER})\\.(${NUMBER})\\.(${NUMBER})(?:-(${IDENTIFIER}(?:\\.${IDENTIFIER})*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`);

function isNumeric(identifier: string): boolean {
  return /^[0-9]+$/.test(identifier);
}

function findVersion(text: string): Semver | undefined {
  const parts = VERSION.exec(text);
  if (parts === null) {
    return undefined;
  }
  const core = [BigInt(parts[1] as string), BigInt(parts[2] as string), BigInt(parts[3] as string)] as const;
  const prerelease = parts[4]?.split('.') ?? [];
  const numbers = [...core, ...prerelease.filter(isNumeric).map(BigInt)];
  return numbers.every((number) => number < 2n ** 64n) ? new Semver(core, prerelease, text) : undefined;
}

/** Reads a version that may begin with `v`, lack its last parts or pad its numbers with zeros. */
function findLooseVersion(text: string): Semver | undefined {
  const [major = '', minor, ...rest] = text.replace(/^v/, '').split('.');
  const parts = [major, ...(minor === undefined ? [] : [minor]), ...(rest.length === 0 ? [] : [rest.join('.')])];
  const unpadded = parts.map((part) => (part.length > 1 ? part.replace(/^0+(?=[0-9])/, '').replace(/^0+(?![0-9])/, '0') : part));
  if (unpadded.length < 3) {
    if (/[-+]/.test(unpadded[unpadded.length - 1] as string)) {
      return undefined;
    }
    unpadded.push(...['0', '0'].slice(0, 3 - unpadded.length));
  }
  return findVersion(unpadded.join('.'));
}

function parseVersion(text: string, normalize: boolean): Semver {
  const version = normalize ? findLooseVersion(text) : findVersion(text);
  if (version === undefined) {
    throw new CelEvaluationError(`invalid semantic version ${JSON.stringify(text)}`);
  }
  return version;
}

function compareNumbers(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareIdentifiers(left: string, right: string): number {
  if (isNumeric(left) && isNumeric(right)) {
    return compareNumbers(BigInt(left), BigInt(right));
  }
  return isNumeric(left) ? -1 : isNumeric(right) ? 1 : compareStrings(left, right);
}

function comparePrereleases(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) {
    return Math.sign(right.length - left.length);
  }
  for (let i = 0; i < left.length && i < right.length; i++) {
    const order = compareIdentifiers(left[i] as string, right[i] as string);
    if (order !== 0) {
      return order;
    }
  }
  return Math.sign(left.length - right.length);
}

function compareVersions(left: Semver, right: Semver): number {
  for (const i of [0, 1, 2] as const) {
    const order = compareNumbers(left.core[i], right.core[i]);
    if (order !== 0) {
      return order;
    }
  }
  return comparePrereleases(left.prerelease, right.prerelease);
}

/** A number of a version; one that needs all 64 bits turns negative, as it does for Kubernetes. */
const part =
  (i: 0 | 1 | 2) =>
  (version: Semver): CelInt =>
    toInt(BigInt.asIntN(64, version.core[i]));

/** Functions on semantic versions, of Kubernetes. */
export const SEMANTIC_VERSIONS: Library = {
  'semver(string)': (text: string) => parseVersion(text, false),
  'semver(string, bool)': parseVersion,
  'isSemver(string)': (text: string) => findVersion(text) !== undefined,
  'isSemver(string, bool)': (text: string, normalize: boolean) => (normalize ? findLooseVersion(text) : findVersion(text)) !== undefined,
  'Semver.major()': part(0),
  'Semver.minor()': part(1),
  'Semver.patch()': part(2),
  'Semver.compareTo(Semver)': compareVersions,
  'Semver.isLessThan(Semver)': (left: Semver, right: Semver) => compareVersions(left, right) < 0,
  'Semver.isGreaterThan(Semver)': (left: Semver, right: Semver) => compareVersions(left, right) > 0,
};
