import { parseTimestamp } from '../time';
import { OpaqueValue, Optional } from '../values';
import { checkRequestUri } from './go-url';
import type { Library } from './library';

/** Finds what is wrong with a text, nothing when it has the format. */
type Check = (text: string) => readonly string[];

/** The value that `format.dns1123Label()` and its like make. */
class NamedFormat extends OpaqueValue {
  constructor(
    readonly name: string,
    readonly check: Check,
  ) {
    super();
  }

  get type(): string {
    return 'kubernetes.NamedFormat';
  }

  equals(other: OpaqueValue): boolean {
    return other instanceof NamedFormat && other.name === this.name;
  }
}

const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const DNS_1035_LABEL = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED_PART = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;
const TIME = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(?:.[0-9]+)?(?:z|[-+][0-9]{2}:[0-9]{2})$/;

/** A check by length, in bytes, and pattern. */
function matching(pattern: RegExp, problem: string, maxLength = Number.POSITIVE_INFINITY): Check {
  return (text) => [
    ...(new TextEncoder().encode(text).length > maxLength ? [`must be no more than ${maxLength} bytes`] : []),
    ...(pattern.test(text) ? [] : [problem]),
  ];
}

/** The same check for a prefix, which may end in a dash because more will follow. */
function prefixOf(check: Check): Check {
  return (text) => check(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);
}

const dnsLabel = matching(DNS_LABEL, "must consist of lower case letters, digits or '-', and start and end with a letter or digit", 63);
const dnsSubdomain = matching(DNS_SUBDOMAIN, "must consist of lower case letters, digits, '-' or '.', and start and end with a letter or digit", 253);
const dns1035Label = matching(DNS_1035_LABEL, "must consist of lower case letters, digits or '-', start with a letter and end with a letter or digit", 63);
const qualifiedPart = matching(QUALIFIED_PART, "name part must consist of letters, digits, '-', '_' or '.', and start and end with a letter or digit", 63);

function qualifiedName(text: string): readonly string[] {
  const parts = text.split('/');
  if (parts.length > 2) {
    return ['must be a name with at most one prefix, which ends in a slash'];
  }
  const prefixProblems = parts.length === 2 ? dnsSubdomain(parts[0] as string).map((problem) => `prefix part ${problem}`) : [];
  return [...prefixProblems, ...qualifiedPart(parts[parts.length - 1] as string)];
}

function uri(text: string): readonly string[] {
  try {
    checkRequestUri(text);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && parseTimestampSafely(`${text}T00:00:00Z`);
}

function parseTimestampSafely(text: string): boolean {
  try {
    return parseTimestamp(text) !== undefined;
  } catch {
    return true;
  }
}

function isDateTime(text: string): boolean {
  const [date = '', time] = text.toLowerCase().split('t');
  const parts = TIME.exec(time ?? '');
  return isDate(date) && parts !== null && (parts[1] as string) <= '23' && (parts[2] as string) <= '59' && (parts[3] as string) <= '59';
}

const labelValue: Check = (text) => (text === '' ? [] : qualifiedPart(text));
const uuid = matching(UUID, 'does not match the UUID format');
const byte = matching(BASE64, 'invalid base64');
const date: Check = (text) => (isDate(text) ? [] : ['invalid date']);
const datetime: Check = (text) => (isDateTime(text) ? [] : ['invalid datetime']);

/** The formats by the name under which expressions ask for them. */
const FORMATS: ReadonlyMap<string, NamedFormat> = new Map(
  Object.entries({
    dns1123Label: new NamedFormat('DNS1123Label', dnsLabel),
    dns1123Subdomain: new NamedFormat('DNS1123Subdomain', dnsSubdomain),
    dns1035Label: new NamedFormat('DNS1035Label', dns1035Label),
    qualifiedName: new NamedFormat('QualifiedName', qualifiedName),
    dns1123LabelPrefix: new NamedFormat('DNS1123LabelPrefix', prefixOf(dnsLabel)),
    dns1123SubdomainPrefix: new NamedFormat('DNS1123SubdomainPrefix', prefixOf(dnsSubdomain)),
    dns1035LabelPrefix: new NamedFormat('DNS1035LabelPrefix', prefixOf(dns1035Label)),
    labelValue: new NamedFormat('LabelValue', labelValue),
    uri: new NamedFormat('URI', uri),
    uuid: new NamedFormat('uuid', uuid),
    byte: new NamedFormat('byte', byte),
    date: new NamedFormat('date', date),
    datetime: new NamedFormat('datetime', datetime),
  }),
);

function validate(format: NamedFormat, text: string): Optional {
  const problems = format.check(text);
  return problems.length === 0 ? Optional.none : Optional.of(problems);
}

function named(name: string): Optional {
  const format = FORMATS.get(name);
  return format === undefined ? Optional.none : Optional.of(format);
}

/** Functions on the formats that Kubernetes knows by name. */
export const NAMED_FORMATS: Library = {
  ...Object.fromEntries(Array.from(FORMATS, ([name, format]) => [`format.${name}()`, () => format])),
  'format.named(string)': named,
  'Format.validate(string)': validate,
};
