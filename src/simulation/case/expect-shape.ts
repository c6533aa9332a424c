import { fieldPath, itemPath, keyPath } from '../../manifest/path';
import { suggest } from '../../manifest/suggest';
import { anything, type Complaint, described, isMapping, type Shape } from './shape';

/** A plain value, or what `fits` takes in its place. */
const value: Shape = (written, path, complaints) => {
  if (Array.isArray(written)) complaints.push({ path, message: `${PLAIN} is expected here, not a list` });
  if (!isMapping(written)) return;
  const keys = Object.keys(written);
  const unknown = keys.find((key) => !MATCHERS.includes(key));
  if (keys.length === 0) complaints.push({ path, message: `${PLAIN} is expected here, not an empty object` });
  else if (unknown !== undefined)
    complaints.push({ path: fieldPath(path, unknown), message: `${PLAIN} is expected here, not ${unknown}${meant(unknown, MATCHERS)}` });
  else if (keys.length > 1 && !keys.every((key) => key === 'min' || key === 'max'))
    complaints.push({ path, message: `${keys.join(' and ')} cannot stand together: ${PLAIN} is expected here` });
  else if ('regex' in written) regex(written.regex, fieldPath(path, 'regex'), complaints);
  for (const bound of keys.filter((key) => key === 'min' || key === 'max')) {
    if (typeof written[bound] !== 'number')
      complaints.push({ path: fieldPath(path, bound), message: `a number is expected here, not ${described(written[bound])}` });
  }
};

const MATCHERS: readonly string[] = ['min', 'max', 'regex', 'oneOf'];
const PLAIN = 'a plain value, { min, max }, { regex } or { oneOf }';

const regex: Shape = (written, path, complaints) => {
  try {
    new RegExp(String(written));
  } catch (error) {
    complaints.push({ path, message: (error as Error).message });
  }
};

/** What may be absent, or one of several. */
function expectation(shape: Shape): Shape {
  return (written, path, complaints) => {
    if (written === null) return;
    if (!isMapping(written) || Object.keys(written).length !== 1 || !('oneOf' in written)) return shape(written, path, complaints);
    const { oneOf } = written;
    const at = fieldPath(path, 'oneOf');
    if (!Array.isArray(oneOf) || oneOf.length === 0) complaints.push({ path: at, message: 'a list of what it may be is expected here' });
    else for (const [index, each] of oneOf.entries()) expectation(shape)(each, itemPath(at, index), complaints);
  };
}

const one = expectation(value);

/** A list, item by item. */
function list(shape: Shape): Shape {
  return expectation((written, path, complaints) => {
    if (!Array.isArray(written)) complaints.push({ path, message: `a list is expected here, not ${described(written)}` });
    else for (const [index, item] of written.entries()) shape(item, itemPath(path, index), complaints);
  });
}

/** An object of which the named fields are compared, with any names where none are known; an empty one, as recordings have it, expects any object. */
function partial(known?: readonly string[]): Shape {
  return expectation((written, path, complaints) => {
    if (!isMapping(written)) complaints.push({ path, message: `an object is expected here, not ${described(written)}` });
    else
      for (const [name, each] of Object.entries(written)) {
        if (known?.includes(name) === false) complaints.push({ path: fieldPath(path, name), message: `there is no field ${name}${meant(name, known)}` });
        else one(each, keyPath(path, name), complaints);
      }
  });
}

/** Numbers by name; an empty distribution says that nobody answers. */
const numbers = expectation((written, path, complaints) => {
  if (!isMapping(written)) complaints.push({ path, message: `an object with numbers is expected here, not ${described(written)}` });
  else if (Object.keys(written).length > 0 && Object.keys(written).every((key) => MATCHERS.includes(key)))
    complaints.push({ path, message: `numbers by name are expected here; ${Object.keys(written).join(' and ')} stand one level deeper` });
  else for (const [name, each] of Object.entries(written)) one(each, keyPath(path, name), complaints);
});

/** A field of results. */
interface Field {
  readonly shape: Shape;
  /** Of what stands behind a dot in a path, by name; without it there is nothing inside. */
  readonly inside?: readonly string[] | 'any';
  /** What to expect in its place where the other kind of call is made. */
  readonly instead?: string;
}

const upstreamTls = ['sni', 'clientSubject', 'clientURI'];
const plain = ['namespace', 'port', 'method', 'path', 'authority', 'protocol', 'sourceIP', 'mtls', 'peer', 'body', 'details', 'route', 'attempts'];
const noted = ['serverFlags', 'serverDetails', 'serverChain', 'elapsedMs', 'errorDetail'];
const map: Field = { shape: partial(), inside: 'any' };
const counts: Field = { shape: numbers, inside: 'any' };

/** Fields of which recorded tests hold more than a simulation can know. */
const unjudged: Readonly<Record<string, Field>> = Object.fromEntries(
  ['hops', 'tlsError', 'term'].map((name): [string, Field] => [name, { shape: anything, inside: 'any' }]),
);

const ofOne: Readonly<Record<string, Field>> = {
  ...Object.fromEntries([...plain, ...noted].map((name): [string, Field] => [name, { shape: one }])),
  ...unjudged,
  status: { shape: one, instead: 'statuses' },
  error: { shape: one, instead: 'statuses' },
  workload: { shape: one, instead: 'distribution' },
  upstreamCluster: { shape: one, instead: 'clusters' },
  flags: { shape: one, instead: 'flags' },
  labels: map,
  requestHeaders: map,
  responseHeaders: map,
  upstreamTLS: { shape: partial(upstreamTls), inside: upstreamTls },
  serverCert: { shape: list(one) },
  received: { shape: list(partial(['workload', 'path', 'authority'])) },
};

const ofSeveral: Readonly<Record<string, Field>> = {
  ...unjudged,
  distribution: { ...counts, instead: 'workload' },
  statuses: { ...counts, instead: 'status' },
  clusters: { ...counts, instead: 'upstreamCluster' },
  maxElapsedMs: { shape: one, instead: 'elapsedMs' },
  flags: counts,
  received: counts,
  elapsedMs: { shape: one },
};

/** Says what is wrong with `expect` of a call: fields that its result cannot have, and values that cannot be compared. */
export function expectComplaints(expected: Readonly<Record<string, unknown>>, path: string, count: number, complaints: Complaint[]): void {
  const [known, others] = count > 1 ? [ofSeveral, ofOne] : [ofOne, ofSeveral];
  for (const [name, each] of Object.entries(expected)) {
    const at = keyPath(path, name);
    const dot = name.indexOf('.');
    const head = dot < 0 ? name : name.slice(0, dot);
    const field = Object.hasOwn(known, head) ? known[head] : undefined;
    // What no result has is absent, as recordings may say.
    if (field === undefined && each === null && Object.hasOwn(others, head)) continue;
    if (field === undefined) complaints.push({ path: at, message: unknownField(head, known, others, count) });
    else if (dot < 0) field.shape(each, at, complaints);
    else if (field.inside === undefined) complaints.push({ path: at, message: `there is nothing inside of ${head}, so no ${name}` });
    else if (field.inside !== 'any' && !field.inside.includes(name.slice(dot + 1)))
      complaints.push({ path: at, message: `${head} has no field ${name.slice(dot + 1)}${meant(name.slice(dot + 1), field.inside)}` });
    else if (field.shape !== anything) one(each, at, complaints);
  }
}

function unknownField(name: string, known: Readonly<Record<string, Field>>, others: Readonly<Record<string, Field>>, count: number): string {
  const calls = count > 1 ? `${count} requests` : 'one request';
  if (!Object.hasOwn(others, name)) return `no result has a field ${name}${meant(name, Object.keys(known))}`;
  const { instead } = others[name] as Field;
  const other = count > 1 ? 'leave out count to expect it of one' : 'write count from 2 on to have several';
  return `the result of ${calls} has no field ${name}; ${instead === undefined ? other : `expect ${instead}, or ${other}`}`;
}

function meant(name: string, known: Iterable<string>): string {
  const near = suggest(name, known);
  return near === undefined ? '' : `; did you mean ${near}?`;
}
