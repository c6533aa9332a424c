import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import type { Manifest } from '../../src/manifest/manifest';
import { Fraction } from '../../src/simulation';
import { type CaseRun, readCases, runCase, type WrittenCase } from '../../src/simulation/case';

const folder = resolve(__dirname, '../fixtures/traffic');
const all = readdirSync(folder)
  .flatMap((file) => readCases(readFileSync(join(folder, file), 'utf8'), file).cases)
  .filter(({ test }) => (test.calls ?? []).length > 0);

const anyCase = fc.constantFrom(...all);

/** Everything that a run says of its calls. */
const answers = ({ calls, failed }: CaseRun): unknown => ({ failed, reports: calls.map(({ report }) => report) });
const traces = ({ calls }: CaseRun): unknown =>
  calls.map(({ outcome }) =>
    outcome.alternatives.map(({ trace }) =>
      trace.map(({ decision, text, source, runnersUp }) => [decision, text, source?.path, runnersUp?.().map(({ what, missedBy }) => `${what}: ${missedBy}`)]),
    ),
  );

test('shares sum to 1', () => {
  fc.assert(
    fc.property(anyCase, ({ test, manifests }) => {
      for (const { outcome } of runCase(test, manifests).calls) {
        expect(String(outcome.shareOf(() => true))).toBe('1');
        expect(outcome.alternatives.every(({ share }) => share.minus(Fraction.ZERO).toNumber() > 0)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('the order of manifests does not matter, unless a test says that it is their age', () => {
  const independent = all.filter(({ test }) => !test.documentOrder);
  const shuffled = fc
    .constantFrom(...independent)
    .chain((written) => fc.tuple(fc.constant(written), fc.shuffledSubarray([...written.manifests], { minLength: written.manifests.length })));
  fc.assert(
    fc.property(shuffled, ([{ test, manifests }, others]) => expect(answers(runCase(test, others))).toEqual(answers(runCase(test, manifests)))),
    { numRuns: 60 },
  );
});

const elsewhere = { name: 'unrelated', namespace: 'elsewhere' };
const unrelated: Manifest[] = [
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    spec: { hosts: ['unrelated'], exportTo: ['.'], http: [{ directResponse: { status: 418 } }] },
  },
  { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', spec: { host: 'unrelated', exportTo: ['.'], trafficPolicy: { tls: { mode: 'DISABLE' } } } },
  { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', spec: { egress: [{ hosts: ['~/*'] }] } },
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    spec: { selector: { istio: 'unrelated' }, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
  },
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    spec: { hosts: ['unrelated.example.org'], exportTo: ['.'], resolution: 'DNS', ports: [{ number: 80, name: 'http', protocol: 'HTTP' }] },
  },
  { apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', spec: { mtls: { mode: 'STRICT' } } },
  { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', spec: {} },
  { apiVersion: 'security.istio.io/v1', kind: 'RequestAuthentication', spec: { jwtRules: [{ issuer: 'unrelated', jwks: '{"keys":[]}' }] } },
].map((object) => ({ object: { ...object, metadata: elsewhere }, origin: {} }));

test('objects of another namespace that are exported to nobody else change nothing', () => {
  fc.assert(
    fc.property(anyCase, fc.subarray(unrelated, { minLength: 1 }), ({ test, manifests }: WrittenCase, added) => {
      const run = runCase(test, [...added, ...manifests]);
      expect(answers(run)).toEqual(answers(runCase(test, manifests)));
      expect(run.rejected.filter(({ namespace }) => namespace === 'elsewhere')).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('a request that is made again takes the same decisions', () => {
  fc.assert(
    fc.property(anyCase, ({ test, manifests }) => expect(traces(runCase(test, manifests))).toEqual(traces(runCase(test, manifests)))),
    { numRuns: 40 },
  );
});
