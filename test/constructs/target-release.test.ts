import { basename } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import {
  AuthorizationPolicy,
  Gateway,
  ServiceEntry,
  setTargetRelease,
  Telemetry,
  TrafficExtension,
  targetRelease,
  type ValidationError,
  VirtualService,
  WasmPlugin,
} from '../../src';
import type { Diagnostic } from '../../src/manifest/diagnostic';
import * as releases from '../../src/schema/releases';

jest.mock('../../src/schema/releases', () => {
  const actual = jest.requireActual('../../src/schema/releases');
  return { ...actual, checkRelease: jest.fn(actual.checkRelease) };
});

const server = { hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } };

function chartFor(release: string): Chart {
  const app = new App();
  setTargetRelease(app, release);
  return new Chart(app, 'chart');
}

/** What the author is told when the manifest is written: each finding with its code, file, field and message. */
function told(write: () => unknown): string[] {
  try {
    write();
  } catch (error) {
    const { diagnostics } = error as ValidationError;
    expect((error as Error).message).toContain((diagnostics[0] as Diagnostic).message);
    return diagnostics.map(({ code, location, path, message }) => `${code} ${basename(location?.file ?? '')} ${path}: ${message}`);
  }
  return [];
}

describe('the target release', () => {
  test('is the newest one when nobody sets it', () => {
    expect(targetRelease(Testing.chart())).toBe(releases.newestRelease);
  });

  test('is that of the nearest scope', () => {
    const app = new App();
    setTargetRelease(app, '1.14');
    const old = new Chart(app, 'old');
    const inner = new Chart(app, 'inner');
    setTargetRelease(inner, '1.24');
    expect([targetRelease(app), targetRelease(old), targetRelease(inner)]).toEqual(['1.14', '1.14', '1.24']);
    expect([new Gateway(old, 'gateway').apiVersion, new Gateway(inner, 'gateway').apiVersion]).toEqual([
      'networking.istio.io/v1alpha3',
      'networking.istio.io/v1',
    ]);
  });

  test('is a known minor release, whoever sets it', () => {
    expect(() => setTargetRelease(new App(), '1.7')).toThrow(
      /^"1\.7" is no known Istio release; write a minor release from '1\.8' to '1\.\d+', such as '1\.14' \(.*target-release\.test\.ts:\d+\)$/,
    );
    expect(() => setTargetRelease(new App(), '1.14.3')).toThrow('"1.14.3" is no known Istio release');
    const app = new App();
    app.node.setContext('cdk8s-istio/target', 1.14);
    expect(() => new Gateway(new Chart(app, 'chart'), 'gateway')).toThrow('1.14 is no known Istio release');
  });
});

describe('the apiVersion', () => {
  test.each([
    ['1.8', 'networking.istio.io/v1alpha3', 'security.istio.io/v1beta1', 'telemetry.istio.io/v1alpha1'],
    ['1.14', 'networking.istio.io/v1alpha3', 'security.istio.io/v1beta1', 'telemetry.istio.io/v1alpha1'],
    ['1.21', 'networking.istio.io/v1alpha3', 'security.istio.io/v1', 'telemetry.istio.io/v1alpha1'],
    ['1.22', 'networking.istio.io/v1', 'security.istio.io/v1', 'telemetry.istio.io/v1'],
    ['1.31', 'networking.istio.io/v1', 'security.istio.io/v1', 'telemetry.istio.io/v1'],
  ])('for %s is v1 where that is served, otherwise what the release stores', (release, networking, security, telemetry) => {
    const chart = chartFor(release);
    expect(new Gateway(chart, 'gateway').apiVersion).toBe(networking);
    expect(new AuthorizationPolicy(chart, 'policy').apiVersion).toBe(security);
    if (release !== '1.8') expect(new Telemetry(chart, 'telemetry').toJson().apiVersion).toBe(telemetry);
  });

  test('that the author states is kept', () => {
    expect(new Gateway(chartFor('1.14'), 'gateway', { apiVersion: 'networking.istio.io/v1beta1', servers: [server] }).toJson().apiVersion).toBe(
      'networking.istio.io/v1beta1',
    );
    expect(new Gateway(Testing.chart(), 'gateway', { apiVersion: 'networking.istio.io/v1alpha3', servers: [server] }).toJson().apiVersion).toBe(
      'networking.istio.io/v1alpha3',
    );
  });

  test('that the target does not serve is an error when it is written', () => {
    const gateway = new Gateway(chartFor('1.14'), 'gateway', { apiVersion: 'networking.istio.io/v1', servers: [server] });
    expect(told(() => gateway.toJson())).toEqual([
      'target-release/version target-release.test.ts apiVersion: Istio 1.14 has no networking.istio.io/v1 of Gateway: it came with Istio 1.22; it serves v1beta1, v1alpha3.',
    ]);
  });
});

describe('what the target lacks is an error when it is written, with the field, the release that brought it and the line of the author:', () => {
  test('a kind', () => {
    const extension = new TrafficExtension(chartFor('1.24'), 'it', { wasm: { url: 'oci://registry.example.com/filter' } });
    expect(told(() => extension.toJson())).toEqual([
      'target-release/kind target-release.test.ts kind: Istio 1.24 has no kind TrafficExtension: it came with Istio 1.30.',
    ]);
    expect(() => new WasmPlugin(chartFor('1.8'), 'it', { url: 'oci://registry.example.com/filter' }).toJson()).toThrow('it came with Istio 1.12');
  });

  test('fields, all of them at once', () => {
    const destination = { host: 'a' };
    const routes = new VirtualService(chartFor('1.14'), 'routes', {
      http: [
        { route: [{ destination }], mirrors: [{ destination }] },
        { match: [{ statPrefix: 'a' }], directResponse: { status: 200 } },
      ],
    });
    expect(told(() => routes.toJson())).toEqual([
      'target-release/field target-release.test.ts spec.http[0].mirrors: Istio 1.14 has no field mirrors of HTTPRoute: it came with Istio 1.19.',
      'target-release/field target-release.test.ts spec.http[1].directResponse: Istio 1.14 has no field directResponse of HTTPRoute: it came with Istio 1.15.',
      'target-release/field target-release.test.ts spec.http[1].match[0].statPrefix: Istio 1.14 has no field statPrefix of HTTPMatchRequest: it came with Istio 1.15.',
    ]);
  });

  test('a value', () => {
    const entry = new ServiceEntry(chartFor('1.20'), 'entry', {
      hosts: ['*.example.com'],
      ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
      resolution: 'DYNAMIC_DNS',
    });
    expect(told(() => entry.toJson())).toEqual([
      'target-release/value target-release.test.ts spec.resolution: Istio 1.20 has no DYNAMIC_DNS for resolution of ServiceEntrySpec: it came with Istio 1.28.',
    ]);
  });
});

test('each object is checked once, however many charts there are', () => {
  const check = jest.mocked(releases.checkRelease).mockClear();
  const app = new App();
  setTargetRelease(app, '1.14');
  for (let index = 0; index < 5; index += 1) new Gateway(new Chart(app, `chart-${index}`), 'gateway', { servers: [server] });
  app.synthYaml();
  expect(check).toHaveBeenCalledTimes(5);
});
