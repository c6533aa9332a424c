import { type Diagnostic, findRule, validate, validateManifests, validateYaml } from '../../src/validation';
import { sameMistake } from '../../src/validation/same-mistake';

const object = (spec: object, more: object = {}): { readonly [key: string]: unknown } => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'reviews', namespace: 'bookinfo' },
  spec,
  ...more,
});
const right = object({ hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews' } }] }] });
const wrong = object({ hosts: ['reviews'], http: [{ timeout: '5', route: [{ destination: { host: 'reviews' } }] }] });
const codes = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code, severity }) => `${severity} ${code}`);

const yaml = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
spec:
  hosts:
  - reviews
  http:
  - timeout: "5"
    route:
    - destination:
        host: reviews
        versoin: v1
`;

describe('what comes back', () => {
  test('nothing for an object that a cluster accepts', () => {
    expect(validate(right)).toEqual([]);
    expect(validate([])).toEqual([]);
  });

  test('a finding names the object, the field, the effect and the fix', () => {
    expect(validate(wrong)).toEqual([
      {
        code: 'schema/cel/duration',
        severity: 'error',
        object: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'bookinfo', name: 'reviews' },
        path: 'spec.http[0].timeout',
        message: 'The duration "5" ends with a number without a unit.',
        fix: 'write a number with a unit, such as 5s, 300ms or 1h30m',
        help: 'cdk8s-istio rule schema/cel/duration',
      },
    ]);
  });

  test('findings come in the order of the objects', () => {
    const second = object({ hosts: 'x' }, { metadata: { name: 'second' } });
    expect(validate([wrong, right, second]).map((diagnostic) => diagnostic.object?.name)).toEqual(['reviews', 'second']);
  });

  test('findings in YAML stand where the author wrote the mistake', () => {
    const places = validateYaml(`# two documents\n---\n${yaml}`, { file: 'app.yaml' }).map(({ code, location }) => [code, location]);
    expect(places).toEqual([
      ['schema/cel/duration', { file: 'app.yaml', line: 11, column: 5 }],
      ['schema/unknown-field', { file: 'app.yaml', line: 15, column: 9 }],
    ]);
  });

  test('what cannot be read as YAML is a finding with help as well', () => {
    expect(validateYaml('a: [')).toMatchObject([{ code: 'yaml/syntax', help: 'cdk8s-istio rule yaml/syntax', location: { file: '<text>', line: 1 } }]);
  });

  test('an object that came from a construct names the construct, and the place of its call', () => {
    const origin = { construct: 'app/chart/routes', location: { file: 'main.ts', line: 7 } };
    expect(validateManifests([{ object: wrong, origin }])).toMatchObject([{ construct: 'app/chart/routes', location: { file: 'main.ts', line: 7 } }]);
  });

  test('positions are looked up for findings only', () => {
    const locate = jest.fn(() => ({ file: 'main.ts', line: 3 }));
    validateManifests([{ object: right, origin: { locate } }]);
    expect(locate).not.toHaveBeenCalled();
    validateManifests([{ object: wrong, origin: { locate } }]);
    expect(locate.mock.calls).toEqual([['spec.http[0].timeout']]);
  });

  test('the object that is checked stays as it was', () => {
    const frozen = JSON.parse(JSON.stringify({ ...wrong, status: {} }), (_, value) => Object.freeze(value));
    expect(() => validate(frozen)).not.toThrow();
  });
});

describe('one mistake, one finding', () => {
  test('what the schema refuses is not said a second time for istiod', () => {
    const spec = { hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews' }, weight: 'ten' }] }] };
    expect(codes(validate(object(spec)))).toEqual(['error schema/type']);
  });

  test('where both refuse the same in different places, the finding at the field itself is kept', () => {
    const ports = [443, 443].map((number, index) => ({ number, name: `tls-${index}`, protocol: 'TLS' }));
    const entry = { ...object({ hosts: ['example.com'], ports, resolution: 'DNS' }), kind: 'ServiceEntry' };
    expect(validate(entry).map(({ code, path }) => `${code} ${path}`)).toEqual(['service-entry/duplicate-port spec.ports[1].number']);
  });

  test('every mistake that both refuse exists under both codes', () => {
    expect(
      Object.entries(sameMistake)
        .flat()
        .filter((code) => findRule(code as string) === undefined),
    ).toEqual([]);
  });

  test('where metadata cannot be read, istiod sees nothing to warn of', () => {
    const twice = { hosts: ['a'], http: [0, 1].map(() => ({ route: [{ destination: { host: 'a' } }] })) };
    expect(codes(validate(object(twice)))).toEqual(['warning virtual-service/unreachable-route']);
    expect(codes(validate(object(twice, { metadata: { name: 'a', labels: { a: 1 } } })))).toEqual(['error schema/type']);
  });

  test('istiod speaks where the schema does not', () => {
    expect(codes(validate(object({ hosts: ['reviews'], http: [{ route: [{ destination: { host: '' } }] }] })))).toHaveLength(1);
  });

  test('the annotations of istiod are checked for every kind', () => {
    const metadata = { name: 'reviews', annotations: { 'istio.io/dry-run': 'true' } };
    expect(codes(validate(object(right.spec as object, { metadata })))).toEqual(['error metadata/dry-run-unsupported']);
  });
});

describe('options', () => {
  test('codes can be ignored, raised and lowered', () => {
    expect(validate(wrong, { ignore: ['schema/cel/duration'] })).toEqual([]);
    expect(codes(validate(wrong, { severityOf: { 'schema/cel/duration': 'info' } }))).toEqual(['info schema/cel/duration']);
  });

  test('findings below a severity are left out, after codes were raised', () => {
    const documents = `${yaml}...\n${yaml}`;
    const all = validateYaml(documents);
    expect(new Set(all.map(({ severity }) => severity))).toEqual(new Set(['error', 'warning']));
    expect(validateYaml(documents, { minimumSeverity: 'error' })).toEqual(all.filter(({ severity }) => severity === 'error'));
    expect(validateYaml(documents, { minimumSeverity: 'error', severityOf: { 'yaml/ignored-document': 'error' } })).toHaveLength(all.length);
  });

  test('a severity or a release that does not exist is refused', () => {
    expect(() => validate(right, { minimumSeverity: 'fatal' as 'error' })).toThrow('fatal is no severity; there are info, warning, error');
    expect(() => validate(right, { severityOf: { x: 'fatal' as 'error' } })).toThrow(RangeError);
    expect(() => validate(right, { targetRelease: '2.0' })).toThrow('Istio 2.0 is not known; the releases are 1.8 to 1.');
  });

  test('something that is no object is refused', () => {
    for (const value of [null, 'text', [[]]]) expect(() => validate(value as unknown as [])).toThrow('a Kubernetes object is expected');
  });

  const suppression = { code: 'schema/cel/duration', reason: 'our own admission fixes it' };

  test('a suppression takes away the findings of its code, for the objects that it names', () => {
    expect(validate(wrong, { suppressions: [suppression] })).toEqual([]);
    expect(validate(wrong, { suppressions: [{ ...suppression, object: { kind: 'VirtualService', name: 'reviews' } }] })).toEqual([]);
    expect(codes(validate(wrong, { suppressions: [{ ...suppression, object: { name: 'ratings' } }] }))).toEqual([
      'error schema/cel/duration',
      'warning suppression/unused',
    ]);
  });

  test('a suppression that suppresses nothing is a warning that says what it was for', () => {
    expect(validate(right, { suppressions: [suppression] })).toMatchObject([
      { code: 'suppression/unused', severity: 'warning', message: expect.stringContaining('our own admission fixes it') },
    ]);
  });
});

describe('a target release', () => {
  const inVersion = (version: string, spec = wrong.spec): { readonly [key: string]: unknown } => ({
    ...wrong,
    apiVersion: `networking.istio.io/${version}`,
    spec,
  });

  test('what the release lacks is an error that says since when it exists', () => {
    expect(validate(right, { targetRelease: '1.20' })).toMatchObject([
      { code: 'target-release/version', severity: 'error', message: expect.stringContaining('1.22') },
    ]);
    const mirrors = { hosts: ['a'], http: [{ mirrors: [{ destination: { host: 'b' } }], route: [{ destination: { host: 'a' } }] }] };
    expect(validate(inVersion('v1beta1', mirrors), { targetRelease: '1.16' })).toMatchObject([{ code: 'target-release/field', path: 'spec.http[0].mirrors' }]);
    expect(validate(inVersion('v1beta1', mirrors), { targetRelease: '1.19' })).toEqual([]);
  });

  test('a CEL rule that came later warns, and says so', () => {
    const late = object({ hosts: ['a'], http: [{ timeout: '0.1ms', route: [{ destination: { host: 'a' } }] }] });
    const found = validate({ ...late, apiVersion: 'networking.istio.io/v1beta1' }, { targetRelease: '1.22' }).filter(
      ({ code }) => code === 'schema/cel/duration',
    );
    expect(found).toMatchObject([{ severity: 'warning', message: expect.stringContaining('Istio 1.23 and later refuse it; 1.22 does not.') }]);
    expect(codes(validate(late, { targetRelease: '1.23' }))).toContain('error schema/cel/duration');
  });
});

describe('objects that are not Istio’s', () => {
  const pod = (annotations: object): object => ({ metadata: { labels: { app: 'a' }, annotations } });
  const deployment = (annotations: object): { readonly [key: string]: unknown } => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a' },
    spec: { template: pod(annotations) },
  });
  const mount = 'sidecar.istio.io/userVolumeMount';

  test('they pass', () => {
    expect(validate([deployment({}), { apiVersion: 'example.com/v1', kind: 'Thing', name: 'a' }, { apiVersion: 'v1', kind: 'Pod' }])).toEqual([]);
  });

  test('a name or namespace beside the metadata is what kubectl refuses', () => {
    expect(validate({ apiVersion: 'v1', kind: 'Service', name: 'a', namespace: 'b', metadata: {} }).map(({ code, path }) => [code, path])).toEqual([
      ['metadata/outside', 'name'],
      ['metadata/outside', 'namespace'],
    ]);
  });

  test('the volume mounts of a sidecar are read, wherever the pod is described', () => {
    const wrongMount = { [mount]: '{"certs": {"mountPath": "/etc/certs", "readonly": true}}' };
    const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a' }, spec: { jobTemplate: { spec: { template: pod(wrongMount) } } } };
    const bare = { apiVersion: 'v1', kind: 'Pod', ...pod(wrongMount) };
    expect(validate([deployment(wrongMount), cronJob, bare]).map(({ code, severity, path, fix }) => [code, severity, path, fix])).toEqual(
      ['spec.template.metadata', 'spec.jobTemplate.spec.template.metadata', 'metadata'].map((metadata) => [
        'injection/volume-mount-field',
        'warning',
        `${metadata}.annotations[${mount}]`,
        'write readOnly',
      ]),
    );
    expect(validate(deployment({ [mount]: '{"certs": {"mountPath": "/etc/certs", "readOnly": true}}' }))).toEqual([]);
  });

  test('volumes of a sidecar that are no JSON are a warning', () => {
    expect(codes(validate(deployment({ [mount]: '{certs: {}}' })))).toEqual(['warning injection/volume-not-json']);
    expect(codes(validate(deployment({ 'sidecar.istio.io/userVolume': 'certs' })))).toEqual(['warning injection/volume-not-json']);
  });
});
