import { App } from 'cdk8s';
import { Mesh } from '../../src/simulation';
import '../../src/testing';
import { bookinfo } from './bookinfo';
import { failureOf } from './failure';

const { chart } = bookinfo();

describe('toContainManifest', () => {
  const strict = { kind: 'PeerAuthentication', spec: { mtls: { mode: 'STRICT' } } };

  test('looks into charts, apps, lists and YAML', () => {
    expect(chart).toContainManifest(strict);
    expect(chart.node.root).toContainManifest(strict);
    expect([{ ...strict, apiVersion: 'security.istio.io/v1' }]).toContainManifest(strict);
    expect('kind: A\napiVersion: v1\n---\nkind: B\napiVersion: v1\n').toContainManifest({ kind: 'B' });
    expect(new App()).not.toContainManifest({});
  });
  test('objects may have more, lists have to be as long, and patterns and matchers judge for themselves', () => {
    expect(chart).toContainManifest({ kind: 'VirtualService', metadata: { name: /^rev/ }, spec: { hosts: ['reviews'] } });
    expect(chart).toContainManifest({ kind: 'DestinationRule', spec: { subsets: expect.arrayContaining([{ name: 'v1', labels: { version: 'v1' } }]) } });
    expect(chart).toContainManifest({ kind: 'Gateway', spec: { servers: [{ tls: undefined }] } });
    expect(chart).not.toContainManifest({ kind: 'VirtualService', spec: { hosts: ['reviews', 'ratings'] } });
    expect(chart).not.toContainManifest({ kind: 'VirtualService', spec: { hosts: [] } });
    expect(chart).not.toContainManifest({ kind: 'PeerAuthentication', spec: { mtls: { mode: 'PERMISSIVE' } } });
  });
  test('the message shows the nearest objects, or what there is', () => {
    expect(failureOf(() => expect(chart).toContainManifest({ kind: 'PeerAuthentication', spec: { mtls: { mode: /^PERM/ } } }))).toMatch(
      /^The manifests should contain \{\n {2}"kind": "PeerAuthentication",[\s\S]*"mode": "\/\^PERM\/"[\s\S]*\n\nNearest:\n\{[\s\S]*"mode": "STRICT"/,
    );
    expect(failureOf(() => expect(chart).toContainManifest({ kind: 'Sidecar' }))).toMatch(/\n\n\d+ manifests: Gateway shop, VirtualService shop, /);
    expect(failureOf(() => expect(chart).not.toContainManifest(strict))).toMatch(/^The manifests should not contain /);
  });
  test('something else is refused', () => {
    expect(() => expect(5).toContainManifest({})).toThrow('toContainManifest takes an App, a Chart, a list of manifests, or YAML text');
    expect(() => expect('a: [').toContainManifest({})).toThrow(SyntaxError);
  });
});

describe('toBeCovered', () => {
  const mesh = Mesh.of(chart);
  mesh.coverage();
  mesh.request({ from: 'productpage', to: 'http://reviews:9080/' });

  test('judges the share of what the requests have met', () => {
    expect(mesh).not.toBeCovered();
    expect(mesh.coverage()).not.toBeCovered({ atLeast: 0.9 });
    expect(mesh).toBeCovered({ atLeast: 0.3 });
  });
  test('of nothing, nothing is covered', () => {
    expect(failureOf(() => expect(Mesh.of([]).coverage()).toBeCovered({ atLeast: 0 }))).toContain('there is nothing to meet');
  });
  test('the message names what no request has met', () => {
    const message = failureOf(() => expect(mesh).toBeCovered({ atLeast: 0.95 }));
    expect(message).toMatch(/^The tests should meet at least 95 % of the configuration\.\n\ncoverage [\d.]+ %: \d+ of 7 routes, /);
    expect(message).toMatch(/\n {2}route {8}VirtualService bookinfo\/reviews {2}spec\.http\[1\] {2}test\/testing\/bookinfo\.ts:\d+\n/);
    expect(message).toContain('\n  subset       DestinationRule bookinfo/reviews  spec.subsets[2] (v3)');
    expect(message).not.toContain('spec.http[3]');
    expect(failureOf(() => expect(mesh).not.toBeCovered({ atLeast: 0.1 }))).toMatch(/^The tests should not meet at least 10 % /);
  });
  test('something else is refused', () => {
    expect(() => expect(Mesh.of(chart)).toBeCovered()).toThrow('toBeCovered needs mesh.coverage() to be called before the first request');
    expect(() => expect(chart).toBeCovered()).toThrow('toBeCovered takes a mesh, or what mesh.coverage() returns');
    expect(() => expect(mesh).toBeCovered({ atLeast: 90 })).toThrow('90 % is 0.9; toBeCovered got 90');
  });
});
