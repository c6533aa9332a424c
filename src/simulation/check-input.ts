import type { MeshFacts } from '../mesh/facts';
import { type Complaint, either, fields, flag, isMapping, listOf, mapOf, number, object, type Shape, text } from './case/shape';
import { factShapes } from './fact-shapes';
import type { TrafficRequest } from './request';

/** What a caller does about TLS; `title` is what messages call it. */
export function callerTls(title: string): Shape {
  return fields(title, {
    sni: text,
    ca: text,
    cert: fields('a certificate', { ca: text, cn: text, uri: text, dns: listOf(text) }),
    insecure: flag,
    checkHost: flag,
    alpn: listOf(text),
  });
}

/**
 * Checks what the author of a program says of a mesh.
 * @throws TypeError that names the field
 */
export function checkFacts(facts: unknown): MeshFacts {
  check('facts', fields('facts', factShapes), facts);
  return withoutNulls(facts) as MeshFacts;
}

/** Leaves out fields that are null, as everybody does who reads YAML. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, item]) => (item == null ? [] : [[name, withoutNulls(item)]])));
}

/** A text in which no line ends, as headers are sent. */
const headerValue: Shape = (value, path, complaints) => {
  text(value, path, complaints);
  if (typeof value === 'string' && /[\r\n\0]/.test(value)) complaints.push({ path, message: 'the value of a header has no line breaks' });
};
const textOrTexts = either('a text or a list of texts', text, listOf(text));
const header: Shape = (value, path, complaints) => {
  const before = complaints.length;
  textOrTexts(value, path, complaints);
  if (complaints.length > before) return;
  if (Array.isArray(value)) listOf(headerValue)(value, path, complaints);
  else headerValue(value, path, complaints);
};

const headers: Shape = (value, path, complaints) => {
  const before = complaints.length;
  object(value, path, complaints);
  if (complaints.length > before) return;
  for (const [name, item] of Object.entries(value as object)) {
    // What else is no name of a header, proxies judge for themselves.
    if (name === '' || /[\r\n\0]/.test(name)) complaints.push({ path, message: `${JSON.stringify(name)} is no name of a header` });
    else if (item != null) header(item, `${path}.${name}`, complaints);
  }
};

const notEmpty: Shape = (value, path, complaints) => {
  text(value, path, complaints);
  if (value === '') complaints.push({ path, message: 'the text is empty' });
};
const caller = either('a name, a construct or a description', notEmpty, object);

const requestShape = fields(
  'a request',
  {
    from: caller,
    to: notEmpty,
    via: caller,
    method: notEmpty,
    headers,
    body: text,
    tls: callerTls('tls'),
    claims: object,
    ip: text,
    source: text,
    timeoutMs: number,
  },
  ['from', 'to'],
);

/**
 * Checks a request, and leaves out fields that are null.
 * @throws TypeError that names the field
 */
export function checkRequest(request: TrafficRequest): TrafficRequest {
  check('a request', requestShape, request);
  const { from, via, claims, ...rest } = request;
  // Constructs and claims are left as they are.
  return { ...(withoutNulls(rest) as Omit<TrafficRequest, 'from'>), from, ...(via == null ? {} : { via }), ...(claims == null ? {} : { claims }) };
}

/** A client that no manifest declares, or labels of one that some do. */
const clientShape = fields('a caller', {
  name: text,
  namespace: text,
  labels: mapOf(text),
  serviceAccount: text,
  sidecar: flag,
  ip: text,
});

/**
 * Checks the description of a caller.
 * @param field where it stands in the request
 * @throws TypeError that names the field
 */
export function checkClient(field: string, client: object): void {
  check(field, clientShape, client, field);
}

/** @throws TypeError with everything that is wrong */
function check(what: string, shape: Shape, value: unknown, path = ''): void {
  const complaints: Complaint[] = [];
  shape(value, path, complaints);
  if (complaints.length > 0) throw new TypeError(complaints.map((complaint) => `${complaint.path || what}: ${complaint.message}`).join('; '));
}
