// Mutual TLS for the whole mesh: a PeerAuthentication without a selector in the root namespace holds for every sidecar.
// Callers with a sidecar notice nothing; whoever has no certificate of the mesh is refused.
import type { Construct } from 'constructs';
import { PeerAuthentication } from '../../constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { httpbin } from '../workloads/httpbin';
import { meshNamespace } from '../workloads/namespace';
import { sleep } from '../workloads/sleep';

/** Props of {@link Auth}. */
export interface AuthProps extends ScenarioProps {
  /** The root namespace of the mesh. @default 'istio-system' */
  readonly rootNamespace?: string;
}

/** `httpbin` in a mesh of mutual TLS, a caller with a sidecar and one without. */
export class Auth extends ScenarioChart {
  constructor(scope: Construct, id: string, { rootNamespace = 'istio-system', ...props }: AuthProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    httpbin(this);
    sleep(this);
    sleep(this, { name: 'sleep-without-sidecar', sidecar: false });
    new PeerAuthentication(this, 'strict', { metadata: { name: 'default', namespace: rootNamespace }, mtls: { mode: 'STRICT' } });
  }
}

const url = 'http://httpbin:8000/headers';

export const auth = defineScenario({
  id: 'classic/auth',
  title: 'Mutual TLS for the whole mesh',
  chart: Auth,
  claims: [
    {
      name: 'a client without a certificate is refused, one with a sidecar is served',
      calls: [
        { from: 'sleep', url, expect: { status: 200, workload: 'httpbin', mtls: true } },
        { from: 'sleep-without-sidecar', url, expect: { error: { oneOf: ['reset', 'closed'] } } },
      ],
    },
  ],
});
