// What a gateway does with TLS: passes it through by name, ends it, ends it and asks for a certificate, or takes only the mesh's own.
// One Gateway for each mode; those on port 443 are told apart by the name that the caller sends first (SNI).
import type { Construct } from 'constructs';
import type { Server } from '../../../imports/networking.istio.io';
import { Gateway, VirtualService } from '../../constructs';
import { type Claim, type ClusterService, ingressGateway, throughIngress } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { helloWorld } from '../workloads/hello-world';
import { meshNamespace } from '../workloads/namespace';
import { service } from '../workloads/service';
import { workload } from '../workloads/workload';

/**
 * A Gateway for each TLS mode. The certificates are Secrets `simple-credential` and `mutual-credential` in the namespace of the ingress gateway;
 * keys belong into no repository, so they are not part of it.
 */
export class GatewayTls extends ScenarioChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    const hello = helloWorld(this);
    const labels = { app: 'tls-echo' };
    workload(this, { name: 'tls-echo', labels, image: 'docker.io/mendhak/http-https-echo:31', ports: [{ number: 8443 }] });
    const tlsEcho = service(this, { name: 'tls-echo', selector: labels, port: 443, targetPort: 8443, portName: 'https' });

    const simple = this.gateway('simple', {
      port: { number: 443, name: 'https-simple', protocol: 'HTTPS' },
      tls: { mode: 'SIMPLE', credentialName: 'simple-credential' },
      hosts: ['simple.example.com'],
    });
    const redirect = this.gateway('redirect', {
      port: { number: 80, name: 'http', protocol: 'HTTP' },
      tls: { httpsRedirect: true },
      hosts: ['simple.example.com'],
    });
    const mutual = this.gateway('mutual', {
      port: { number: 443, name: 'https-mutual', protocol: 'HTTPS' },
      tls: { mode: 'MUTUAL', credentialName: 'mutual-credential' },
      hosts: ['mutual.example.com'],
    });
    const istioMutual = this.gateway('istio-mutual', {
      port: { number: 443, name: 'https-istio-mutual', protocol: 'HTTPS' },
      tls: { mode: 'ISTIO_MUTUAL' },
      hosts: ['istio-mutual.example.com'],
    });
    const passthrough = this.gateway('passthrough', {
      port: { number: 443, name: 'tls-passthrough', protocol: 'TLS' },
      tls: { mode: 'PASSTHROUGH' },
      hosts: ['passthrough.example.com'],
    });
    // The name in the TLS handshake says which Service is meant, so there are no routes to write.
    this.gateway('auto-passthrough', {
      port: { number: 15443, name: 'tls-auto-passthrough', protocol: 'TLS' },
      tls: { mode: 'AUTO_PASSTHROUGH' },
      hosts: ['*.local'],
    });

    new VirtualService(this, 'hello-world', {
      metadata: { name: 'hello-world' },
      hosts: ['simple.example.com', 'mutual.example.com', 'istio-mutual.example.com'],
      gateways: [simple, redirect, mutual, istioMutual],
      http: [{ route: [{ destination: { host: hello, port: { number: 80 } } }] }],
    });
    new VirtualService(this, 'tls-echo', {
      metadata: { name: 'tls-echo' },
      hosts: ['passthrough.example.com'],
      gateways: [passthrough],
      tls: [{ match: [{ port: 443, sniHosts: ['passthrough.example.com'] }], route: [{ destination: { host: tlsEcho, port: { number: 443 } } }] }],
    });
  }

  private gateway(mode: string, server: Server): Gateway {
    return new Gateway(this, `gateway-${mode}`, { metadata: { name: `gateway-${mode}` }, selector: { istio: 'ingressgateway' }, servers: [server] });
  }
}

const [port80] = ingressGateway.services;
const gatewayWithTlsPorts: Pick<Claim, 'services' | 'workloads' | 'secrets'> = {
  services: [{ ...port80, ports: [...(port80?.ports ?? []), { name: 'tls', port: 15443 }] } as ClusterService],
  workloads: [...ingressGateway.workloads, { name: 'tls-echo', tlsPorts: [8443], certHosts: ['passthrough.example.com'] }],
  secrets: [
    { name: 'simple-credential', hosts: ['simple.example.com'] },
    { name: 'mutual-credential', hosts: ['mutual.example.com'], clientCA: 'partner' },
  ],
};

const refused = { error: { oneOf: ['reset', 'closed', 'tls'] } };
const ofTheMesh = { ca: 'mesh', checkHost: false, cert: { ca: 'mesh', uri: 'spiffe://cluster.local/ns/default/sa/default' } };

export const gatewayTls = defineScenario({
  id: 'course/gateway-tls',
  title: 'A Gateway for each TLS mode',
  chart: GatewayTls,
  claims: [
    {
      name: 'SIMPLE ends TLS with its certificate, and port 80 sends callers there',
      ...gatewayWithTlsPorts,
      calls: [
        throughIngress('https://simple.example.com/', { status: 200, workload: 'hello-world', serverCert: ['simple.example.com'] }),
        throughIngress('http://simple.example.com/a', { status: 301, 'responseHeaders.location': 'https://simple.example.com/a' }),
        throughIngress('https://unknown.example.com/', refused),
      ],
    },
    {
      name: 'MUTUAL takes callers with a certificate of its CA only',
      ...gatewayWithTlsPorts,
      calls: [
        throughIngress('https://mutual.example.com/', refused),
        throughIngress('https://mutual.example.com/', refused, { tls: { cert: { ca: 'foreign', cn: 'client' } } }),
        throughIngress('https://mutual.example.com/', { status: 200, workload: 'hello-world' }, { tls: { cert: { ca: 'partner', cn: 'client' } } }),
      ],
    },
    {
      name: 'ISTIO_MUTUAL takes callers with a certificate of the mesh only',
      ...gatewayWithTlsPorts,
      calls: [
        throughIngress('https://istio-mutual.example.com/', refused, { tls: { insecure: true } }),
        throughIngress('https://istio-mutual.example.com/', { status: 200, workload: 'hello-world' }, { tls: ofTheMesh }),
      ],
    },
    {
      name: 'PASSTHROUGH leads to the program by the name of the handshake, and the program itself ends TLS',
      ...gatewayWithTlsPorts,
      calls: [
        throughIngress('https://passthrough.example.com/', {
          status: 200,
          workload: 'tls-echo',
          serverCert: ['passthrough.example.com'],
          'upstreamTLS.sni': 'passthrough.example.com',
        }),
      ],
    },
    {
      name: 'AUTO_PASSTHROUGH leads to the Service that the name of the handshake states',
      ...gatewayWithTlsPorts,
      calls: [
        throughIngress(
          'https://hello-world.default.svc.cluster.local:15443/',
          { status: 200, workload: 'hello-world', mtls: true },
          { tls: { ...ofTheMesh, alpn: ['istio'], sni: 'outbound_.80_._.hello-world.default.svc.cluster.local' } },
        ),
      ],
    },
  ],
});
