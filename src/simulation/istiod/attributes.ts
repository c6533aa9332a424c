import { cidrContains, parseCidr, parseIp } from '../../manifest/ip';
import type { MeshConfig } from '../../mesh/mesh-config';
import { expandedTrustDomains, withTrustDomainAliases } from '../../mesh/trust-domains';
import { headerValues } from '../envoy/http';
import type { Subject } from '../envoy/rbac';
import type { Certificate } from '../network/connection';
import {
  caselessValueTest,
  isPathTemplate,
  namespaceTest,
  pathTemplateTest,
  principalTest,
  serviceAccountTest,
  type TextTest,
  trustDomainTest,
  valueTest,
} from './text-tests';

/** Whether a value of a policy is what a request or connection has. */
export type ValueTest = (subject: Subject) => boolean;

/** What the values of an attribute are read with. */
export interface ValueContext {
  readonly config: MeshConfig;
  readonly policyNamespace: string;
}

/** Something that rules ask for. */
export interface Attribute {
  /** For people: `principal`. */
  readonly title: string;
  /** Whether it is about the operation or about the source. */
  readonly side: 'permission' | 'principal';
  /** Connections that are no requests do not have it. */
  readonly httpOnly: boolean;
  /** The values as they count: with those of trust domains that stand for the mesh's. */
  expand?(values: readonly string[], context: ValueContext): readonly string[];
  /** Reads one value; nothing for one that cannot be read. */
  test(value: string, context: ValueContext): ValueTest | undefined;
  /** What a request has of it, for people; nothing where it has none. */
  actual(subject: Subject): string | undefined;
}

/** The attribute of a key of `when`, and of a field of a source or operation, by its key; nothing for a key that Istio does not know. */
export function attributeOf(key: string): Attribute | undefined {
  const known = attributes.get(key);
  if (known !== undefined) return known;
  const [, base, names] = /^(request\.headers|request\.auth\.claims|experimental\.envoy\.filters\..*?)(\[.*\])$/.exec(key) ?? [];
  if (base === undefined || names === undefined) return undefined;
  if (base === 'request.headers') return requestHeader(names.slice(1, -1));
  return base === 'request.auth.claims' ? requestClaim(claimPath(names)) : filterMetadata;
}

/** The path in `[a][b]`; brackets that do not pair are part of one name. */
function claimPath(names: string): readonly string[] {
  return /^(?:\[[^[\]]*\])+$/.test(names) ? names.slice(1, -1).split('][') : [names.slice(1, -1)];
}

const ofConnection = { httpOnly: false } as const;
const ofRequest = { httpOnly: true } as const;

function address(title: string, side: Attribute['side'], read: (subject: Subject) => string): Attribute {
  return {
    title,
    side,
    ...ofConnection,
    test(value) {
      const range = value.includes('/') ? parseCidr(value) : rangeOf(parseIp(value));
      if (range === undefined) return undefined;
      return (subject) => {
        const ip = parseIp(read(subject));
        return ip !== undefined && cidrContains(range, ip);
      };
    },
    actual: read,
  };
}

function rangeOf(ip: readonly number[] | undefined): ReturnType<typeof parseCidr> {
  return ip === undefined ? undefined : { address: ip, bits: ip.length * 8 };
}

/** Something that the caller's certificate states. */
function identity(title: string, test: (value: string, context: ValueContext) => TextTest, expand?: Attribute['expand']): Attribute {
  return {
    title,
    side: 'principal',
    ...ofConnection,
    ...(expand === undefined ? {} : { expand }),
    test(value, context) {
      const matches = test(value, context);
      return ({ peer }) => namesOf(peer.certificate).some(matches);
    },
    actual: ({ peer }) => namesOf(peer.certificate)[0]?.replace(/^spiffe:\/\//, ''),
  };
}

/** Where a certificate has no SPIFFE identity, its DNS names and its subject are looked at too. */
function namesOf(certificate: Certificate | undefined): readonly string[] {
  if (certificate === undefined) return [];
  const { uri, hosts, cn } = certificate;
  return [...(uri === undefined ? [] : [uri]), ...hosts, ...(cn ? [`CN=${cn}`] : [])];
}

/** Something that a value is compared with as text; without it no value fits. */
function text(
  title: string,
  side: Attribute['side'],
  httpOnly: boolean,
  test: (value: string) => TextTest,
  read: (subject: Subject) => string | undefined,
): Attribute {
  return {
    title,
    side,
    httpOnly,
    test(value) {
      const matches = test(value);
      return (subject) => {
        const actual = read(subject);
        return actual !== undefined && matches(actual);
      };
    },
    actual: read,
  };
}

/** A header, of which a `*` asks only whether it is there. Several values of one name are looked at one by one. */
function header(title: string, side: Attribute['side'], name: string, test: (value: string) => TextTest): Attribute {
  return {
    title,
    side,
    ...ofRequest,
    test(value) {
      const matches: TextTest = value === '*' ? () => true : test(value);
      return ({ request }) => request !== undefined && headerValues(request, name).some(matches);
    },
    actual: ({ request }) => (request === undefined ? undefined : headerValues(request, name).join(', ') || undefined),
  };
}

function requestHeader(name: string): Attribute {
  return header(`header ${name}`, 'principal', name.toLowerCase(), valueTest);
}

/** A claim of the verified token: a text, or a list with a text in it. */
function requestClaim(path: readonly string[], title = `claim ${path.join('.')}`): Attribute {
  return {
    title,
    side: 'principal',
    ...ofRequest,
    test(value) {
      const matches = valueTest(value);
      return (subject) => {
        const claim = claimOf(subject, path);
        return (Array.isArray(claim) ? claim : [claim]).some((each) => typeof each === 'string' && matches(each));
      };
    },
    actual: (subject) => described(claimOf(subject, path)),
  };
}

function claimOf({ token }: Subject, path: readonly string[]): unknown {
  let value: unknown = token?.payload;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

function described(value: unknown): string | undefined {
  return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
}

/** Issuer and subject, parted at the last slash of a value. */
const requestPrincipal: Attribute = {
  title: 'request principal',
  side: 'principal',
  ...ofRequest,
  test(value) {
    const { issuer, subject } = requestPrincipalTests(value);
    return ({ token }) => {
      const { iss, sub } = token?.payload ?? {};
      return typeof iss === 'string' && typeof sub === 'string' && issuer(iss) && subject(sub);
    };
  },
  actual: ({ token }) => token?.principal,
};

function requestPrincipalTests(value: string): { readonly issuer: TextTest; readonly subject: TextTest } {
  const present = valueTest('*');
  const exactly =
    (wanted: string): TextTest =>
    (actual) =>
      actual === wanted;
  const slash = value.lastIndexOf('/');
  if (value === '*') return { issuer: present, subject: present };
  if (slash < 0) {
    // Without a slash a suffix is one of the subject, a prefix one of the issuer, and a plain text an issuer with an empty subject.
    if (value.startsWith('*')) return { issuer: present, subject: valueTest(value) };
    return value.endsWith('*') ? { issuer: valueTest(value), subject: present } : { issuer: exactly(value), subject: exactly('') };
  }
  const [issuer, subject] = [value.slice(0, slash), value.slice(slash + 1)];
  if (value.startsWith('*')) return { issuer: valueTest(issuer), subject: exactly(subject) };
  return { issuer: exactly(issuer), subject: value.endsWith('*') ? valueTest(subject) : exactly(subject) };
}

/** What other filters note of a request, which nothing here does. */
const filterMetadata: Attribute = {
  title: 'metadata of another filter',
  side: 'permission',
  ...ofConnection,
  test: () => () => false,
  actual: () => undefined,
};

function pathTest(value: string): TextTest {
  return isPathTemplate(value) ? pathTemplateTest(value) : valueTest(value);
}

const attributes: ReadonlyMap<string, Attribute> = new Map(
  Object.entries({
    'destination.ip': address('destination address', 'permission', ({ peer }) => peer.destination.ip),
    'destination.port': {
      title: 'port',
      side: 'permission',
      ...ofConnection,
      test(value) {
        if (!/^\d+$/.test(value) || Number(value) > 65535) return undefined;
        return ({ peer }) => peer.destination.port === Number(value);
      },
      actual: ({ peer }) => String(peer.destination.port),
    },
    'connection.sni': text('SNI', 'permission', false, valueTest, ({ peer }) => peer.sni),
    'request.host': header('host', 'permission', ':authority', caselessValueTest),
    'request.method': header('method', 'permission', ':method', valueTest),
    'request.path': text('path', 'permission', true, pathTest, ({ request }) => request?.path.replace(/[?#].*$/s, '')),
    'source.ip': address('address of the direct peer', 'principal', ({ peer }) => peer.ip),
    'remote.ip': address('address of the caller', 'principal', ({ peer }) => peer.remoteIp),
    'source.namespace': identity('principal', namespaceTest),
    'source.serviceAccount': identity('principal', (value, { policyNamespace }) => serviceAccountTest(value, policyNamespace)),
    'source.trustDomain': identity('principal', trustDomainTest, (values, { config }) => expandedTrustDomains(config, values)),
    'source.principal': identity('principal', principalTest, (values, { config }) => withTrustDomainAliases(config, values)),
    'request.auth.principal': requestPrincipal,
    'request.auth.audiences': requestClaim(['aud'], 'audience'),
    'request.auth.presenter': requestClaim(['azp'], 'presenter'),
  }),
);
