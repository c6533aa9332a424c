import { fieldPath } from '../../manifest/path';
import { callerTls } from '../check-input';
import { factShapes } from '../fact-shapes';
import { parseTarget } from '../request';
import { expectComplaints } from './expect-shape';
import { anything, type Complaint, count, either, fields, flag, isMapping, listOf, mapOf, number, object, type Shape, scalar, text } from './shape';

const url: Shape = (value, path, complaints) => {
  const before = complaints.length;
  text(value, path, complaints);
  if (complaints.length > before) return;
  try {
    parseTarget(value as string);
  } catch (error) {
    complaints.push({ path, message: (error as Error).message });
  }
};

const header = either('a text or a list of texts', scalar, listOf(scalar));
const headers = either('an object, or a list of pairs of name and value,', mapOf(header), listOf(listOf(header)));

const callFields = fields(
  'a call',
  {
    id: text,
    description: text,
    from: text,
    via: text,
    url,
    method: text,
    headers,
    body: text,
    tls: callerTls('tls of a call'),
    ip: text,
    source: text,
    count,
    keepAlive: flag,
    timeoutMs: number,
    waitMs: number,
    claims: object,
    observe: listOf(text),
    expect: object,
  },
  ['from', 'url'],
);

const call: Shape = (value, path, complaints) => {
  callFields(value, path, complaints);
  if (!isMapping(value) || !isMapping(value.expect)) return;
  expectComplaints(value.expect, fieldPath(path, 'expect'), typeof value.count === 'number' ? value.count : 1, complaints);
};

const caseFields = fields(
  'a test',
  {
    name: text,
    description: text,
    istio: either('a list of objects or YAML text', text, listOf(object)),
    manifests: either('a path or a list of paths', text, listOf(text)),
    ...factShapes,
    proxyVersion: text,
    calls: listOf(call),
    expectRejected: listOf(text),
    expectWarned: listOf(text),
    group: anything,
  },
  ['name'],
);

/** Fields that only tests have, not the files of others that lie in the same folders. */
const telling = ['calls', 'manifests', 'istio', 'workloads', 'expectRejected', 'expectWarned'];

/** Whether a value means to be a test, however wrong it is. */
export function looksLikeTest(value: unknown): boolean {
  if (!isMapping(value) || 'apiVersion' in value || 'kind' in value) return false;
  return 'calls' in value || ('name' in value && telling.some((field) => field in value));
}

/** Fields beside the list of tests in a file. */
const fileFields = fields('a file of tests', { group: text, description: text, cases: listOf(anything) }, ['cases']);

/** What is wrong around the tests of a file. */
export function complaintsAboutFile(value: unknown): Complaint[] {
  const complaints: Complaint[] = [];
  fileFields(value, '', complaints);
  return complaints;
}

/** What is wrong with one test. */
export function complaintsAbout(value: unknown, path: string): Complaint[] {
  const complaints: Complaint[] = [];
  caseFields(value, path, complaints);
  return complaints;
}
