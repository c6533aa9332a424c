// Two ways to make a host outside known: a Service that is another name for it, and a ServiceEntry that names the host itself.
// Another name says nothing of the host: where the mesh lets only known hosts out, it takes the entry, and then either name will do.
import type { Construct } from 'constructs';
import { ServiceEntry } from '../../constructs';
import { registryOnly } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { meshNamespace } from '../workloads/namespace';
import { externalName } from '../workloads/service';
import { sleep } from '../workloads/sleep';

/** Props of the steps. */
export interface ClassicEgressProps extends ScenarioProps {
  /** The host outside. @default 'httpbin.org' */
  readonly host?: string;
}

/** `externalbin` is another name for the host. */
export class EgressByExternalName extends ScenarioChart {
  constructor(scope: Construct, id: string, { host = 'httpbin.org', ...props }: ClassicEgressProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    sleep(this);
    externalName(this, 'externalbin', host, 80);
  }
}

/** The mesh knows the host itself, and with it the other name. */
export class EgressByServiceEntry extends EgressByExternalName {
  constructor(scope: Construct, id: string, props: ClassicEgressProps = {}) {
    super(scope, id, props);
    const { host = 'httpbin.org' } = props;
    new ServiceEntry(this, 'externalbin', {
      metadata: { name: 'externalbin' },
      hosts: [host],
      location: 'MESH_EXTERNAL',
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'DNS',
    });
  }
}

const external = [{ host: 'httpbin.org' }, { host: 'example.org' }];

export const classicEgress = defineScenario({
  id: 'classic/egress',
  title: 'A host outside by another name, or by its own',
  steps: [
    { id: '01-external-name', title: 'A Service of type ExternalName', chart: EgressByExternalName },
    { id: '02-service-entry', title: 'A ServiceEntry', chart: EgressByServiceEntry },
  ],
  claims: [
    {
      name: 'httpbin.org is reached as externalbin where the mesh lets all hosts out',
      step: '01-external-name',
      external,
      calls: [{ from: 'sleep', url: 'http://externalbin/headers', expect: { status: 200, workload: 'httpbin.org' } }],
    },
    {
      name: 'under REGISTRY_ONLY it is blocked: another name for an unknown host is unknown too',
      step: '01-external-name',
      ...registryOnly,
      external,
      calls: [{ from: 'sleep', url: 'http://externalbin/headers', expect: { workload: null } }],
    },
    {
      name: 'httpbin.org is reached under REGISTRY_ONLY by either name, other hosts are not',
      step: '02-service-entry',
      ...registryOnly,
      external,
      calls: [
        { from: 'sleep', url: 'http://httpbin.org/headers', expect: { status: 200, workload: 'httpbin.org' } },
        { from: 'sleep', url: 'http://externalbin/headers', expect: { status: 200, workload: 'httpbin.org' } },
        { from: 'sleep', url: 'http://example.org/', expect: { workload: null } },
      ],
    },
  ],
});
