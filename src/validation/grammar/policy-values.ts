import { isIp, parseCidr } from '../../manifest/ip';
import { utf8Length } from './text';

/** Values of authorization policies: what is wrong with one, as the end of a sentence, or nothing. */
export type ValueProblem = (value: string) => string | undefined;

const MAX_SERVICE_ACCOUNT_BYTES = 320;

/** An IP address, or a range of them. */
export const ipBlockProblem: ValueProblem = (value) => {
  const valid = value.includes('/') ? parseCidr(value) !== undefined : isIp(value);
  return valid ? undefined : 'is neither an IP address nor a range of them';
};

/** The number of a port as text; 0 is accepted. */
export const portTextProblem: ValueProblem = (value) => (/^\d+$/.test(value) && Number(value) <= 65535 ? undefined : 'is not the number of a port');

/** `serviceAccount` or `namespace/serviceAccount`. */
export const serviceAccountProblem: ValueProblem = (value) => {
  if (value.includes('*')) {
    return 'has a wildcard, which service accounts cannot have';
  }
  if (!/^[^/]+(?:\/[^/]+)?$/.test(value)) {
    return 'is not written as serviceAccount or namespace/serviceAccount';
  }
  return utf8Length(value) > MAX_SERVICE_ACCOUNT_BYTES ? `is longer than ${MAX_SERVICE_ACCOUNT_BYTES} bytes` : undefined;
};

/** A text with at most one `*`, at its start or end. */
export const wildcardProblem: ValueProblem = (value) =>
  value.slice(1, -1).includes('*') || /^\*.*\*$/s.test(value) ? 'has a wildcard that is not alone, at its start or at its end' : undefined;

/** A trust domain, perhaps with a wildcard. */
export const trustDomainProblem: ValueProblem = (value) =>
  wildcardProblem(value) ?? (value.includes('/') ? 'has a slash, which trust domains cannot have' : undefined);
