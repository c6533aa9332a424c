// What a caller's sidecar does about a server that is slow, unreachable or failing: give up in time, ask again, and leave it alone for a while.
// The timeout of a route bounds all attempts together, and its answer is 504.
import type { Construct } from 'constructs';
import type { HTTPRetry, TrafficPolicy } from '../../../imports/networking.istio.io';
import { DestinationRule, VirtualService } from '../../constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { customers } from '../workloads/customers';
import { meshNamespace } from '../workloads/namespace';
import { webFrontend } from '../workloads/web-frontend';
import { asksCustomers } from './customers-chart';
import { anyHostGateway, exposeAtGateway } from './frontend-gateway';

interface Remedies {
  readonly retries?: HTTPRetry;
  readonly trafficPolicy?: TrafficPolicy;
}

abstract class ResilientCustomers extends ScenarioChart {
  constructor(scope: Construct, id: string, { retries, trafficPolicy }: Remedies, props: ScenarioProps) {
    super(scope, id, props);
    meshNamespace(this);
    exposeAtGateway(this, webFrontend(this), anyHostGateway(this));
    customers(this);
    const host = this.hostOf('customers');
    const versions = new DestinationRule(this, 'versions', {
      metadata: { name: 'customers' },
      host,
      subsets: [
        { name: 'v1', labels: { version: 'v1' } },
        { name: 'v2', labels: { version: 'v2' } },
      ],
      ...(trafficPolicy ? { trafficPolicy } : {}),
    });
    new VirtualService(this, 'routes', {
      metadata: { name: 'customers' },
      hosts: [host],
      http: [{ route: [{ destination: versions.subset('v1', { port: 80 }) }], timeout: '10s', ...(retries ? { retries } : {}) }],
    });
  }
}

const retries: HTTPRetry = { attempts: 10, perTryTimeout: '2s', retryOn: 'connect-failure,reset' };

const trafficPolicy: TrafficPolicy = {
  connectionPool: { tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 1, maxRequestsPerConnection: 1 } },
  outlierDetection: { consecutive5xxErrors: 1, interval: '1s', baseEjectionTime: '3m', maxEjectionPercent: 100 },
};

/** Nobody waits for `customers` longer than 10 seconds. */
export class Timeout extends ResilientCustomers {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, {}, props);
  }
}

/** Connections that fail are tried again, within the same 10 seconds. */
export class TimeoutAndRetries extends ResilientCustomers {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, { retries }, props);
  }
}

/** A pod that failed once is left alone for three minutes, and no pod gets more than one request at a time. */
export class CircuitBreaker extends ResilientCustomers {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, { retries, trafficPolicy }, props);
  }
}

const slow = { headers: { 'x-echo-delay-ms': '12000' }, timeoutMs: 20_000 };
const inTime = { max: 11_000 };

export const resilience = defineScenario({
  id: 'course/resilience',
  title: 'Timeout, retries and a circuit breaker',
  steps: [
    { id: '01-timeout', title: 'At most 10 seconds', chart: Timeout },
    { id: '02-retries', title: 'Connections that fail are tried again', chart: TimeoutAndRetries },
    { id: '03-circuit-breaker', title: 'Failing pods are left alone', chart: CircuitBreaker },
  ],
  claims: [
    {
      name: 'a slow answer is given up after 10 s with 504',
      step: '01-timeout',
      calls: [asksCustomers({ status: 504, flags: 'UT', elapsedMs: { min: 9_500, ...inTime } }, slow)],
    },
    {
      name: 'a connection that cannot be made is tried ten more times',
      step: '02-retries',
      // Without its sidecar, which would take the connection and answer 503 by itself.
      workloads: [{ name: 'customers-v1', sidecar: false, behavior: { down: true } }],
      calls: [asksCustomers({ status: 503, attempts: 11, elapsedMs: inTime })],
    },
    {
      name: 'an error that the program answers is not tried again, and nothing takes more than 10 s',
      step: '02-retries',
      calls: [
        asksCustomers({ status: 500, attempts: null }, { headers: { 'x-echo-seq': '500,200' } }),
        asksCustomers({ status: 504, elapsedMs: inTime }, slow),
      ],
    },
    {
      name: 'after one 5xx the pod gets no request for a while',
      step: '03-circuit-breaker',
      calls: [asksCustomers({ status: 500 }, { headers: { 'x-echo-seq': '500,200' } }), asksCustomers({ status: 503, flags: 'UH', elapsedMs: inTime })],
    },
  ],
});
