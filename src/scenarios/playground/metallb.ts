// A cluster of one's own has no load balancer, so the ingress gateway waits for an address forever; MetalLB gives it one of a range.
// Up to MetalLB 0.12 the range stands in a ConfigMap, since then in objects of its own.
import { ApiObject, JsonPatch, Yaml } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';

/** Props of the steps. */
export interface MetalLbProps extends ScenarioProps {
  /** First and last address, or a range in CIDR notation; they must be free in the network of the nodes. @default '172.18.255.200-172.18.255.250' */
  readonly addresses?: string;
}

const someOfKind = '172.18.255.200-172.18.255.250';
const namespace = 'metallb-system';

/** The range for MetalLB up to 0.12. */
export class MetalLbConfigMap extends ScenarioChart {
  constructor(scope: Construct, id: string, { addresses = someOfKind, ...props }: MetalLbProps = {}) {
    super(scope, id, { namespace, ...props });
    const config = Yaml.stringify({ 'address-pools': [{ name: 'first-pool', protocol: 'layer2', addresses: [addresses] }] });
    const map = new ConfigMap(this, 'config', { metadata: { name: 'config' }, data: { config } });
    ApiObject.of(map).addJsonPatch(JsonPatch.remove('/immutable'));
  }
}

/** The range for MetalLB from 0.13 on. */
export class MetalLbAddressPool extends ScenarioChart {
  constructor(scope: Construct, id: string, { addresses = someOfKind, ...props }: MetalLbProps = {}) {
    super(scope, id, { namespace, ...props });
    const apiVersion = 'metallb.io/v1beta1';
    const pool = new ApiObject(this, 'pool', { apiVersion, kind: 'IPAddressPool', metadata: { name: 'first-pool' }, spec: { addresses: [addresses] } });
    new ApiObject(this, 'layer2', { apiVersion, kind: 'L2Advertisement', metadata: { name: 'layer2' }, spec: { ipAddressPools: [pool.name] } });
  }
}

export const metallb = defineScenario({
  id: 'playground/metallb',
  title: 'Addresses for load balancers',
  steps: [
    { id: '01-config-map', title: 'For MetalLB up to 0.12', chart: MetalLbConfigMap },
    { id: '02-address-pool', title: 'For MetalLB from 0.13 on', chart: MetalLbAddressPool },
  ],
  claims: [],
});
