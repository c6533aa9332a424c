/** What a route has to know of its VirtualService. */
export interface RouteScope {
  readonly hosts: readonly string[];
  /** Without hosts: other VirtualServices delegate to it. */
  readonly isDelegate: boolean;
  /** Bound to gateways and not to sidecars. */
  readonly gatewaysOnly: boolean;
  /** Bound to sidecars by name, not for want of gateways. */
  readonly namesMesh: boolean;
  /** Made by istiod from a route of the Gateway API; then names of gateways and destinations have been checked. */
  readonly ofGatewayApi: boolean;
}
