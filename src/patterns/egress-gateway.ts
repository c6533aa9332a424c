import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { GatewaySpec, HTTPRoute, Server, TLSRoute } from '../../imports/networking.istio.io';
import { DestinationRule } from '../constructs/destination-rule';
import { Gateway } from '../constructs/gateway';
import { clusterDomain } from '../constructs/mesh-context';
import { ServiceEntry } from '../constructs/service-entry';
import { VirtualService } from '../constructs/virtual-service';
import { fullyQualified } from '../manifest/host';
import { badInput } from './bad-input';
import { externalPort } from './external-service';
import { originateTls } from './origination';
import { nameOfHost, placeOf, type ServiceHost } from './service-host';
import { takeAlone } from './take-alone';

/** Props of {@link EgressGateway}. */
export interface EgressGatewayProps {
  /** The host outside the mesh; no wildcard, for which a gateway would have no address. */
  readonly host: string;
  /**
   * Who encrypts the way to the host: the application, which calls `https://`; or, for one that calls `http://`, its sidecar, the gateway, or nobody.
   * Only where it is the gateway or nobody can the gateway see more of a request than the host's name.
   * @default 'application'
   */
  readonly encryptedBy?: 'application' | 'sidecar' | 'gateway' | 'nobody';
  /** The port of the host. @default - 443, and 80 when nobody encrypts */
  readonly port?: number;
  /** A file in the proxy that encrypts, with the authorities that may have signed the host's certificate. @default - those of the system */
  readonly caCertificates?: string;
  /**
   * Whose calls take the gateway: those of this namespace, or those of the whole mesh. For the mesh all objects lie in the gateway's namespace, because callers
   * find rules for the gateway only there or in their own.
   * @default - 'mesh' in a chart of the gateway's namespace, 'namespace' in others
   */
  readonly callers?: 'namespace' | 'mesh';
  /** The Service of the gateway's pods, which must have port 443. @default - istio-egressgateway in istio-system */
  readonly gatewayService?: ServiceHost;
  /** The pods of the gateway. @default - { istio: 'egressgateway' } */
  readonly gatewaySelector?: NonNullable<GatewaySpec['selector']>;
  /** @default - the host with dashes */
  readonly name?: string;
}

/** The port of the gateway that every call takes: one for all hosts, told apart by the name that callers state when TLS begins. */
const GATEWAY_PORT = 443;

/**
 * Calls to an external host leave the mesh through an egress gateway, also where it lets out nothing that it does not know (`REGISTRY_ONLY`).
 * This routes calls and stops none: a workload that goes round its sidecar is held only by a NetworkPolicy that lets out the gateway alone.
 */
export class EgressGateway extends Construct {
  readonly serviceEntry: ServiceEntry;
  readonly gateway: Gateway;
  /** Both hops: from callers to the gateway, and from the gateway to the host. */
  readonly virtualService: VirtualService;
  /** How callers speak to the gateway for this host; absent where the application encrypts, which is passed through as it is. */
  readonly gatewayRule?: DestinationRule;
  /** How the gateway speaks to the host; only where the gateway encrypts. */
  readonly hostRule?: DestinationRule;

  constructor(scope: Construct, id: string, props: EgressGatewayProps) {
    super(scope, id);
    const { host, encryptedBy = 'application', port = encryptedBy === 'nobody' ? 80 : 443, name = nameOfHost(host) } = props;
    if (!host.includes('.') || host.startsWith('*')) throw badInput(`${JSON.stringify(host)} is no single host outside the cluster; write its full name`);
    takeAlone(this, `the way to ${host}`, 'one ServiceEntry of a host hides another');

    const service = props.gatewayService ?? fullyQualified('istio-egressgateway', 'istio-system', clusterDomain(this));
    const chartNamespace = Chart.of(this).namespace;
    const place = placeOf(this, service);
    const gatewayNamespace = place.namespace ?? chartNamespace;
    const forMesh = (props.callers ?? (gatewayNamespace === chartNamespace ? 'mesh' : 'namespace')) === 'mesh';
    const namespace = forMesh ? gatewayNamespace : chartNamespace;
    const besideGateway = namespace === gatewayNamespace || gatewayNamespace === undefined;
    const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
    const toBoth = forMesh ? {} : { exportTo: besideGateway ? ['.'] : ['.', gatewayNamespace] };
    const passedThrough = encryptedBy === 'application' || encryptedBy === 'sidecar';
    const callerPort = encryptedBy === 'application' || encryptedBy === 'nobody' ? port : 80;

    this.serviceEntry = new ServiceEntry(this, 'service-entry', {
      metadata,
      hosts: [host],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      ports:
        encryptedBy === 'sidecar' ? [{ number: 80, name: 'http', protocol: 'HTTP' }, externalPort('application', port)] : [externalPort(encryptedBy, port)],
      ...toBoth,
    });
    this.gateway = new Gateway(this, 'gateway', {
      metadata,
      selector: props.gatewaySelector ?? { istio: 'egressgateway' },
      servers: [server(host, passedThrough)],
    });
    if (encryptedBy !== 'application') {
      this.gatewayRule = new DestinationRule(this, 'gateway-rule', {
        metadata: { ...metadata, name: `${name}-gateway` },
        host: service,
        // In a subset, because rules of several hosts for the one gateway are put together by their subsets.
        subsets: [
          { name, trafficPolicy: { tls: encryptedBy === 'sidecar' ? originateTls(this, host, props.caCertificates) : { mode: 'ISTIO_MUTUAL', sni: host } } },
        ],
        ...(forMesh ? {} : { exportTo: ['.'] }),
      });
    }
    if (encryptedBy === 'gateway') {
      this.hostRule = new DestinationRule(this, 'host-rule', {
        metadata,
        host,
        trafficPolicy: { tls: originateTls(this, host, props.caCertificates) },
        // For the gateway alone: a caller that saw it would encrypt as well.
        exportTo: [besideGateway ? '.' : gatewayNamespace],
      });
    }

    const toGateway = { host: service, port: { number: GATEWAY_PORT } };
    const toHost = { host, port: { number: passedThrough ? port : callerPort } };
    const atGateway = { gateways: [this.gateway], port: GATEWAY_PORT };
    const fromMesh = { gateways: ['mesh'], port: callerPort };
    const http: HTTPRoute[] = [];
    const tls: TLSRoute[] = [];
    if (encryptedBy !== 'application') http.push({ match: [fromMesh], route: [{ destination: { ...toGateway, subset: name } }] });
    if (passedThrough) {
      tls.push({ match: [{ ...fromMesh, port, sniHosts: [host] }], route: [{ destination: toGateway }] });
      tls.push({ match: [{ ...atGateway, sniHosts: [host] }], route: [{ destination: toHost }] });
    } else {
      http.push({ match: [atGateway], route: [{ destination: toHost }] });
    }
    this.virtualService = new VirtualService(this, 'virtual-service', {
      metadata,
      hosts: [host],
      gateways: ['mesh', this.gateway],
      ...(http.length > 0 ? { http } : {}),
      ...(tls.length > 0 ? { tls } : {}),
      ...toBoth,
    });
  }
}

function server(host: string, passedThrough: boolean): Server {
  return passedThrough
    ? { hosts: [`./${host}`], port: { number: GATEWAY_PORT, name: 'tls', protocol: 'TLS' }, tls: { mode: 'PASSTHROUGH' } }
    : { hosts: [`./${host}`], port: { number: GATEWAY_PORT, name: 'https', protocol: 'HTTPS' }, tls: { mode: 'ISTIO_MUTUAL' } };
}
