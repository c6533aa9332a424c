import { relative } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import fc from 'fast-check';
import { circuitBreaker, type Duration, FaultInjection, LocalityFailover, Resilience, TrafficSplit } from '../../src';
import { parseDuration } from '../../src/manifest/duration';
import { callLine, manifests, specOf } from './manifests';

const shop = (): Chart => new Chart(Testing.app(), 'chart', { namespace: 'shop' });

let printed: string;
beforeEach(() => {
  printed = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

describe('Resilience', () => {
  test('tries only requests again that may be repeated, and switches off the retries that Istio adds to the others (M26)', () => {
    const chart = shop();
    new Resilience(chart, 'resilience', { host: 'reviews', timeout: '10s', retries: { attempts: 3 } });
    expect(specOf(chart, 'VirtualService')).toEqual({
      hosts: ['reviews'],
      http: [
        {
          match: [{ method: { regex: 'GET|HEAD|OPTIONS|PUT|DELETE' } }],
          route: [{ destination: { host: 'reviews' } }],
          timeout: '10s',
          retries: { attempts: 3, perTryTimeout: '2.5s', retryOn: 'connect-failure,refused-stream,reset,gateway-error' },
        },
        { route: [{ destination: { host: 'reviews' } }], timeout: '10s', retries: { attempts: 0 } },
      ],
    });
    expect(printed).toBe('');
  });

  test('the route for some requests stands before the one for all (M01)', () => {
    const chart = shop();
    new Resilience(chart, 'resilience', { host: 'reviews', retries: { attempts: 1, methods: ['GET'], on: ['5xx', 409] } });
    const { http } = specOf(chart, 'VirtualService');
    expect(http.map(({ match }: { match?: unknown }) => match)).toEqual([[{ method: { regex: 'GET' } }], undefined]);
    expect(http[0].retries).toEqual({ attempts: 1, retryOn: '5xx,409' });
  });

  test('retries can be for all requests, for none, or as Istio has them', () => {
    const retries = (props: Partial<ConstructorParameters<typeof Resilience>[2]>): unknown[] => {
      const chart = shop();
      new Resilience(chart, 'resilience', { host: 'reviews', timeout: '1s', ...props });
      return specOf(chart, 'VirtualService').http.map((route: { retries?: unknown }) => route.retries);
    };
    expect(retries({ retries: { attempts: 1, methods: 'all', on: ['reset'] } })).toEqual([{ attempts: 1, perTryTimeout: '500ms', retryOn: 'reset' }]);
    expect(retries({ retries: false })).toEqual([{ attempts: 0 }]);
    expect(retries({})).toEqual([undefined]);
  });

  test('without a time for each try, all tries fit into the timeout (M25)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 100_000 }), fc.integer({ min: 1, max: 20 }), (milliseconds, attempts) => {
        const chart = shop();
        const { warnings } = new Resilience(chart, 'resilience', { host: 'reviews', timeout: `${milliseconds}ms`, retries: { attempts } });
        const { perTryTimeout } = specOf(chart, 'VirtualService').http[0].retries;
        const tries = (parseDuration(perTryTimeout) as bigint) * BigInt(attempts + 1);
        expect(tries <= BigInt(milliseconds) * 1_000_000n).toBe(true);
        expect(warnings).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test("tries that do not fit are warned about with the author's line, what happens, and what to write (M25)", () => {
    const chart = shop();
    const props = { host: 'reviews', timeout: '5s', retries: { attempts: 3, perTryTimeout: '2s' } } as const;
    let warnings: Resilience['warnings'] = [];
    const { line } = callLine(() => ({ warnings } = new Resilience(chart, 'r', props)));
    expect(warnings).toEqual([
      {
        code: 'resilience/timeout-cuts-retries',
        severity: 'warning',
        object: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'shop', name: 'reviews' },
        construct: 'chart/r/virtual-service',
        path: 'spec.http[0].timeout',
        message: '4 tries of 2s take longer than the timeout of 5s: of slow tries there is time for 2.',
        fix: "timeout: '8s', or attempts: 1",
        location: { file: relative(process.cwd(), __filename), line, column: expect.any(Number) },
      },
    ]);
    expect(printed).toContain('warning resilience/timeout-cuts-retries  VirtualService shop/reviews');
    expect(printed).toContain(`resilience.test.ts:${line}`);
  });

  test.each([
    ['a try longer than the timeout (M25)', { timeout: '1s', retries: { attempts: 1, perTryTimeout: '2s' } }, 'try-outlasts-timeout'],
    ['a try as long as the timeout (M25)', { timeout: '2s', retries: { attempts: 1, perTryTimeout: '2s' } }, 'try-outlasts-timeout'],
    ['retries that a limit of none stops', { retries: { attempts: 1 }, limits: { retries: 0 } }, 'no-retry-allowed'],
    ['every endpoint out at once (M91)', { outliers: { maxEjectionPercent: 100 } }, 'all-endpoints-out'],
    ['a share that is never reached (M91)', { outliers: { maxEjectionPercent: 80, minHealthPercent: 50 } }, 'ejection-switched-off'],
    ['gateway errors that never count (M91)', { outliers: { consecutive5xxErrors: 3, consecutiveGatewayErrors: 3 } }, 'gateway-errors-unused'],
    ['gateway errors above the default (M91)', { outliers: { consecutiveGatewayErrors: 10 } }, 'gateway-errors-unused'],
    ['no criterion at all (M91)', { outliers: { consecutive5xxErrors: 0 } }, 'no-outliers'],
    ['one request at a time (M92)', { limits: { requests: 1 } }, 'limit-of-one'],
    ['one connection, one waiting (M92)', { limits: { connections: 1, pendingRequests: 1 } }, 'limit-of-one'],
  ] as const)('warns about %s', (_case, props, code) => {
    const { warnings } = new Resilience(shop(), 'resilience', { host: 'reviews', ...props });
    expect(warnings.map((warning) => warning.code)).toEqual([`resilience/${code}`]);
    expect(printed).toContain(`resilience/${code}`);
  });

  test('what is meant can be accepted, by its code', () => {
    const props = { host: 'reviews', limits: { requests: 1 }, outliers: { maxEjectionPercent: 100 }, accept: ['resilience/limit-of-one'] } as const;
    expect(new Resilience(shop(), 'resilience', props).warnings.map(({ code }) => code)).toEqual(['resilience/all-endpoints-out']);
    expect(printed).not.toContain('limit-of-one');
    // @ts-expect-error a code that there is none of
    new Resilience(shop(), 'resilience', { host: 'reviews', timeout: '1s', accept: ['resilience/limit-of-two'] });
  });

  test.each([
    { timeout: '6s', retries: { attempts: 2, perTryTimeout: '2s' } },
    { outliers: { maxEjectionPercent: 50, minHealthPercent: 50, consecutive5xxErrors: 5, consecutiveGatewayErrors: 4 } },
    { outliers: { consecutive5xxErrors: 0, consecutiveGatewayErrors: 4 } },
    { outliers: {} },
    { retries: { attempts: 1, perTryTimeout: '2s' }, limits: { retries: 3, requests: 100, connections: 2 } },
  ] as const)('has nothing to say about %j', (props) => {
    expect(new Resilience(shop(), 'resilience', { host: 'reviews', ...props }).warnings).toEqual([]);
    expect(printed).toBe('');
  });

  test('limits and outliers are one DestinationRule beside the service, where every caller finds it (M39, M42)', () => {
    const chart = shop();
    const limits = { connections: 100, pendingRequests: 10, requests: 200, retries: 3, requestsPerConnection: 50, connectTimeout: '1s' } as const;
    new Resilience(chart, 'resilience', { host: 'reviews.bookinfo.svc.cluster.local', limits, outliers: { consecutive5xxErrors: 3, interval: '5s' } });
    expect(manifests(chart)).toEqual([
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'DestinationRule',
        metadata: { name: 'reviews', namespace: 'bookinfo' },
        spec: {
          host: 'reviews',
          trafficPolicy: {
            connectionPool: {
              tcp: { maxConnections: 100, connectTimeout: '1s' },
              http: { http1MaxPendingRequests: 10, http2MaxRequests: 200, maxRetries: 3, maxRequestsPerConnection: 50 },
            },
            outlierDetection: { consecutive5xxErrors: 3, interval: '5s', maxEjectionPercent: 50 },
            loadBalancer: { localityLbSetting: { enabled: false } },
          },
        },
      },
    ]);
  });

  test('outlier detection does not turn on locality failover unasked (M90), and takes out more than the default of a tenth (M91)', () => {
    expect(circuitBreaker({ outliers: {} })).toEqual({ outlierDetection: { maxEjectionPercent: 50 }, loadBalancer: { localityLbSetting: { enabled: false } } });
    expect(circuitBreaker({ outliers: {}, locality: { enabled: true } }).loadBalancer).toEqual({ localityLbSetting: { enabled: true } });
    expect(circuitBreaker({ limits: { requests: 10 } })).toEqual({ connectionPool: { http: { http2MaxRequests: 10 } } });
  });

  test('weights over subsets keep their place in both routes', () => {
    const chart = shop();
    const subsets = [{ name: 'v1', labels: { version: 'v1' } }];
    const route = [{ destination: { host: 'reviews', subset: 'v1' } }];
    new Resilience(chart, 'resilience', { host: 'reviews', retries: { attempts: 1 }, subsets, route });
    expect(specOf(chart, 'DestinationRule')).toEqual({ host: 'reviews', subsets });
    expect(specOf(chart, 'VirtualService').http.map((each: { route: unknown }) => each.route)).toEqual([route, route]);
  });

  test('a second pattern for the same host is refused, because Istio would ignore one (M13, M42)', () => {
    const chart = shop();
    new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 50, v2: 50 }, trafficPolicy: circuitBreaker({ outliers: {} }) });
    expect(() => new Resilience(chart, 'resilience', { host: 'reviews', timeout: '1s' })).toThrow(
      'the routing of reviews in shop is already made by chart/split',
    );
    expect(() => new LocalityFailover(chart, 'failover', { host: 'reviews' })).toThrow('the DestinationRule of reviews in shop is already made by chart/split');
    expect(() => new FaultInjection(chart, 'faults', { host: 'reviews', abort: { status: 500, percent: 1 } })).toThrow('the routing of reviews in shop');
  });

  test.each([
    [{ retries: { attempts: 0 } }, 'attempts is 0; it is a whole number from 1'],
    [{ retries: { attempts: -1 } }, 'attempts is -1'],
    [{ retries: { attempts: 1.5 } }, 'attempts is 1.5'],
    [{ retries: { attempts: 1, on: [] } }, 'retries are for no failure'],
    [{ retries: { attempts: 1, methods: [] } }, 'no method is tried again'],
    [{ timeout: '0s' as Duration }, '"0s" is no length of time above 0'],
    [{ timeout: '-1s' as Duration }, '"-1s" is no length of time above 0'],
    [{ timeout: '1ms', retries: { attempts: 5 } }, 'a timeout of 1ms leaves no time for 6 tries'],
    [{ outliers: { maxEjectionPercent: 101 } }, 'maxEjectionPercent is 101'],
    [{ outliers: { minHealthPercent: -1 } }, 'minHealthPercent is -1'],
    [{ outliers: { consecutive5xxErrors: -1 } }, 'consecutive5xxErrors is -1'],
    [{ limits: { requests: 0 } }, 'requests is 0; it is a whole number from 1'],
    [{ limits: { retries: -1 } }, 'retries is -1'],
    [{}, 'nothing is asked of the callers of reviews'],
  ] as const)("%j is refused with the author's line", (props, message) => {
    const { line, error } = callLine(() => new Resilience(shop(), 'resilience', { host: 'reviews', ...props }));
    expect(error).toContain(message);
    expect(error).toMatch(new RegExp(`\\(.*resilience\\.test\\.ts:${line}\\)$`));
  });

  test('routes for a Service whose port does not speak HTTP are refused, because Istio ignores them there (M100)', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'chart', { namespace: 'shop' });
    const service = (name: string) => new plus27.Service(chart, name, { metadata: { name }, ports: [{ port: 3306, name: 'mysql' }] });
    new Resilience(chart, 'resilience', { host: service('db'), timeout: '1s' });
    new FaultInjection(chart, 'faults', { host: service('other'), abort: { status: 500, percent: 1 } });
    new Resilience(chart, 'limits', { host: service('third'), limits: { connections: 10 } });
    expect(chart.node.findAll().flatMap((construct) => construct.node.validate().map((problem) => problem.split(',')[0]))).toEqual([
      'port 3306 of Service db is "mysql"',
      'port 3306 of Service other is "mysql"',
    ]);
  });

  test('a name of a failure that Envoy does not know does not compile (M27)', () => {
    // @ts-expect-error the name is 5xx
    new Resilience(shop(), 'resilience', { host: 'reviews', retries: { attempts: 1, on: ['500s'] } });
  });

  test.each([
    ['cdk8s-plus-27', plus27.Service],
    ['cdk8s-plus-34', plus34.Service as unknown as typeof plus27.Service],
  ])('takes a Service of %s', (_name, Service) => {
    const chart = shop();
    const service = new Service(chart, 'service', { metadata: { name: 'ratings', namespace: 'bookinfo' }, ports: [{ port: 80 }] });
    new Resilience(chart, 'resilience', { host: service, timeout: '1s' });
    const [routes] = manifests(chart);
    expect([routes.metadata, routes.spec.hosts]).toEqual([{ name: 'ratings', namespace: 'bookinfo' }, ['ratings']]);
  });
});

describe('LocalityFailover', () => {
  test('always has outlier detection, without which failover never happens (M89)', () => {
    const chart = shop();
    new LocalityFailover(chart, 'failover', { host: 'reviews', failover: { 'us-west': 'us-east' } });
    expect(specOf(chart, 'DestinationRule')).toEqual({
      host: 'reviews',
      trafficPolicy: {
        outlierDetection: { consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 100 },
        loadBalancer: { localityLbSetting: { enabled: true, failover: [{ from: 'us-west', to: 'us-east' }] } },
      },
    });
    expect(printed).toBe('');
  });

  test('goes by labels of endpoints, and keeps limits, subsets and thresholds that are given', () => {
    const chart = shop();
    const subsets = [{ name: 'v1', labels: { version: 'v1' } }];
    const outliers = { consecutive5xxErrors: 1, maxEjectionPercent: 60 };
    new LocalityFailover(chart, 'failover', { host: 'reviews', priority: ['version'], outliers, limits: { requests: 10 }, subsets });
    expect(specOf(chart, 'DestinationRule')).toEqual({
      host: 'reviews',
      subsets,
      trafficPolicy: {
        connectionPool: { http: { http2MaxRequests: 10 } },
        outlierDetection: { consecutive5xxErrors: 1, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 60 },
        loadBalancer: { localityLbSetting: { enabled: true, failoverPriority: ['version'] } },
      },
    });
  });

  test('warns about outliers that never are', () => {
    const { warnings } = new LocalityFailover(shop(), 'failover', { host: 'reviews', outliers: { consecutive5xxErrors: 0 } });
    expect(warnings.map(({ code }) => code)).toEqual(['resilience/no-outliers']);
  });

  test.each([
    [{ failover: {} }, 'failover names no region'],
    [{ failover: { eu: 'eu' } }, 'failover from eu leads to eu itself'],
    [{ failover: { 'eu/eu-1': 'us' } }, 'failover is between regions, and eu/eu-1 names a zone too'],
    [{ failover: { eu: 'us' }, priority: ['topology.kubernetes.io/zone'] }, 'topology.kubernetes.io/zone cannot be a priority beside failover'],
  ])("%j is refused with the author's line (M89)", (props, message) => {
    const { line, error } = callLine(() => new LocalityFailover(shop(), 'failover', { host: 'reviews', ...props }));
    expect(error).toContain(message);
    expect(error).toMatch(new RegExp(`\\(.*resilience\\.test\\.ts:${line}\\)$`));
  });
});

describe('FaultInjection', () => {
  test('states the share of each fault, and leaves retries and timeouts to other routes (M24, M30)', () => {
    const chart = shop();
    new FaultInjection(chart, 'faults', { host: 'ratings', delay: { by: '5s', percent: 50 }, abort: { status: 503, percent: 0.1 } });
    expect(specOf(chart, 'VirtualService')).toEqual({
      hosts: ['ratings'],
      http: [
        {
          fault: { delay: { fixedDelay: '5s', percentage: { value: 50 } }, abort: { httpStatus: 503, percentage: { value: 0.1 } } },
          route: [{ destination: { host: 'ratings' } }],
        },
      ],
    });
  });

  test('faults for some requests stand before the route for all others (M01)', () => {
    const chart = shop();
    new FaultInjection(chart, 'faults', { host: 'ratings', when: { headers: { 'end-user': 'jason' } }, abort: { grpcStatus: 'UNAVAILABLE', percent: 100 } });
    expect(specOf(chart, 'VirtualService').http).toEqual([
      {
        match: [{ headers: { 'end-user': { exact: 'jason' } } }],
        fault: { abort: { grpcStatus: 'UNAVAILABLE', percentage: { value: 100 } } },
        route: [{ destination: { host: 'ratings' } }],
      },
      { route: [{ destination: { host: 'ratings' } }] },
    ]);
  });

  test.each([
    [{}, 'no fault for ratings'],
    [{ abort: { status: 500, percent: 0 } }, '0 is no share of requests'],
    [{ abort: { status: 500, percent: 101 } }, '101 is no share of requests'],
    [{ delay: { by: '1s', percent: -1 } }, '-1 is no share of requests'],
    [{ delay: { by: '0s' as Duration, percent: 1 } }, '"0s" is no length of time above 0'],
    [{ abort: { status: 50, percent: 1 } }, '50 is no status to answer with'],
    [{ abort: { status: 500, percent: 1 }, when: {} }, '"when" has no condition'],
    [
      { abort: { status: 500, percent: 1 }, when: { claim: { name: 'sub', value: 'peter', checkedBy: 'tokens' } } },
      'claims of tokens can be asked for at gateways only',
    ],
  ] as const)("%j is refused with the author's line", (props, message) => {
    const { line, error } = callLine(() => new FaultInjection(shop(), 'faults', { host: 'ratings', ...props }));
    expect(error).toContain(message);
    expect(error).toMatch(new RegExp(`\\(.*resilience\\.test\\.ts:${line}\\)$`));
  });
});
