import type { ObjectReference } from '../../imports/schema';
import type { CallOptions } from './call-options';
import type { Program } from './program';

/** The pods of an ingress gateway, as policies and firewalls know them. */
export interface GatewayPods {
  /** @default 'istio-system' */
  readonly namespace?: string;
  /** @default 'istio-ingressgateway-service-account' */
  readonly serviceAccount?: string;
  /** @default - `istio: ingressgateway` */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A service that the ingress gateway calls. */
export interface IngressCall<Name extends string = string> extends CallOptions {
  readonly to: NoInfer<Name> | ObjectReference;
  /** @default - the ingress gateway that istioctl installs */
  readonly gateway?: GatewayPods;
}

/** One or several services behind the ingress gateway. */
export type Ingress<Name extends string = string> = IngressCall<Name> | readonly IngressCall<Name>[];

/** An ingress gateway as a caller. */
export function gatewayProgram({ namespace = 'istio-system', serviceAccount, labels }: GatewayPods = {}): Program {
  return {
    name: 'ingress',
    namespace,
    labels: labels ?? { istio: 'ingressgateway' },
    serviceAccounts: [serviceAccount ?? 'istio-ingressgateway-service-account'],
    ports: undefined,
    targetPorts: {},
  };
}
