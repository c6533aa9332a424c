import { ApiObject, JsonPatch } from 'cdk8s';
import { Service, ServiceType } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/** A Service with one port. */
export interface PlainServiceProps {
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly port: number;
  /** @default - the port */
  readonly targetPort?: number;
  /** Istio reads the protocol from it. @default 'http' */
  readonly portName?: string;
  /** The port of every node that leads to it. @default - none */
  readonly nodePort?: number;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Adds a Service that says what its props say, and nothing else. */
export function service(scope: Construct, props: PlainServiceProps): Service {
  const { name, namespace, labels, selector, port, targetPort, nodePort, portName = 'http' } = props;
  const added = new Service(scope, `${name}-service`, {
    metadata: { name, ...(namespace ? { namespace } : {}), ...(labels ? { labels } : {}) },
    ...(nodePort ? { type: ServiceType.NODE_PORT } : {}),
    ports: [{ name: portName, port, ...(targetPort ? { targetPort } : {}), ...(nodePort ? { nodePort } : {}) }],
  });
  for (const [key, value] of Object.entries(selector)) added.selectLabel(key, value);
  // What cdk8s-plus writes unasked: the default, and a field that nobody should use.
  ApiObject.of(added).addJsonPatch(JsonPatch.remove('/spec/externalIPs'), ...(nodePort ? [] : [JsonPatch.remove('/spec/type')]));
  return added;
}

/** Adds a Service that is another name for a host outside the cluster. */
export function externalName(scope: Construct, name: string, host: string, port: number): Service {
  const added = new Service(scope, `${name}-service`, {
    metadata: { name },
    type: ServiceType.EXTERNAL_NAME,
    externalName: host,
    ports: [{ name: 'http', port }],
  });
  ApiObject.of(added).addJsonPatch(JsonPatch.remove('/spec/externalIPs'));
  return added;
}
