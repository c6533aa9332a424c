// Hosts outside the mesh become known to it: how they are found, which protocol they speak, and whether they count as inside.
// Where the mesh allows known hosts only (REGISTRY_ONLY), the entry is what lets a request out.
import type { Construct } from 'constructs';
import { ServiceEntry } from '../../constructs';
import { type Claim, registryOnly } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { meshNamespace } from '../workloads/namespace';
import { sleep } from '../workloads/sleep';

/** Only the caller. */
export class NoServiceEntry extends ScenarioChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    sleep(this);
  }
}

/** Props of {@link ServiceEntries}. */
export interface ServiceEntriesProps extends ScenarioProps {
  /** The addresses of the database. @default - 2.2.2.2 and 3.3.3.3 */
  readonly databases?: readonly string[];
}

/** Three hosts: one reached by TLS, one a set of addresses that counts as inside the mesh, one by HTTPS. */
export class ServiceEntries extends NoServiceEntry {
  constructor(scope: Construct, id: string, { databases = ['2.2.2.2', '3.3.3.3'], ...props }: ServiceEntriesProps = {}) {
    super(scope, id, props);
    new ServiceEntry(this, 'googleapis', {
      metadata: { name: 'googleapis-svc-entry' },
      hosts: ['www.googleapis.com'],
      location: 'MESH_EXTERNAL',
      ports: [{ number: 443, name: 'https', protocol: 'TLS' }],
      resolution: 'DNS',
    });
    new ServiceEntry(this, 'mongodb', {
      metadata: { name: 'external-svc-mongocluster' },
      hosts: ['mymongodb.somedomain'],
      addresses: ['192.192.192.192/24'],
      location: 'MESH_INTERNAL',
      ports: [{ number: 27018, name: 'mongodb', protocol: 'MONGO' }],
      resolution: 'STATIC',
      endpoints: databases.map((address) => ({ address })),
    });
    new ServiceEntry(this, 'github', {
      metadata: { name: 'github-external' },
      hosts: ['github.com'],
      location: 'MESH_EXTERNAL',
      ports: [{ number: 443, name: 'https', protocol: 'HTTPS' }],
      resolution: 'DNS',
    });
  }
}

const outside: Pick<Claim, 'mesh' | 'external'> = { ...registryOnly, external: [{ host: 'github.com', ports: [], tlsPorts: [443] }] };

export const serviceEntry = defineScenario({
  id: 'course/service-entry',
  title: 'Hosts outside the mesh that it knows',
  steps: [
    { id: '01-without', title: 'Under REGISTRY_ONLY nothing gets out', chart: NoServiceEntry },
    { id: '02-with', title: 'Known hosts do', chart: ServiceEntries },
  ],
  claims: [
    {
      name: 'under REGISTRY_ONLY github.com is blocked',
      step: '01-without',
      ...outside,
      calls: [{ from: 'sleep', url: 'https://github.com/', expect: { error: { oneOf: ['reset', 'closed', 'tls'] }, workload: null } }],
    },
    {
      name: 'under REGISTRY_ONLY github.com is reached once there is an entry for it',
      step: '02-with',
      ...outside,
      props: { databases: ['127.3.0.1'] },
      calls: [{ from: 'sleep', url: 'https://github.com/', expect: { status: 200, workload: 'github.com' } }],
    },
  ],
});
