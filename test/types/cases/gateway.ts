import type { Case, Sound } from './case';

const server = (tls: string, port = `{ number: 443, name: 'https', protocol: 'HTTPS' }`): string => `new Gateway(chart, 'gateway', {
  selector: { istio: 'ingressgateway' },
  servers: [
    {
      hosts: ['*'],
      port: ${port},
      tls: ${tls}
    },
  ],
});
`;

export const gatewayCases: readonly Case[] = [
  {
    mistake: 'SIMPLE without certificates',
    right: server(`{ mode: 'SIMPLE', credentialName: 'cert' },`),
    wrong: server(`{ mode: 'SIMPLE' }, // refused: Property 'credentialName' is missing`),
  },
  {
    mistake: 'SIMPLE with a certificate and no key',
    right: server(`{ mode: 'SIMPLE', serverCertificate: '/cert', privateKey: '/key' },`),
    wrong: server(`{ mode: 'SIMPLE', serverCertificate: '/cert' }, // refused: Property 'credentialName' is missing`),
  },
  {
    mistake: 'MUTUAL without the certificates of the clients',
    right: server(`{ mode: 'MUTUAL', serverCertificate: '/cert', privateKey: '/key', caCertificates: '/ca' },`),
    wrong: server(`{ mode: 'MUTUAL', serverCertificate: '/cert', privateKey: '/key' }, // refused: Property 'credentialName' is missing`),
  },
  {
    mistake: 'ISTIO_MUTUAL with a certificate',
    right: server(`{ mode: 'ISTIO_MUTUAL' },`),
    wrong: server(`{ mode: 'ISTIO_MUTUAL', credentialName: 'cert' }, // refused: ISTIO_MUTUAL uses the certificates of the mesh`),
  },
  {
    mistake: 'a mode in small letters',
    right: server(`{ mode: 'PASSTHROUGH' },`),
    wrong: server(`{ mode: 'passthrough' }, // refused: Did you mean '"PASSTHROUGH"'?`),
  },
  {
    mistake: 'a misspelt certificate',
    right: server(`{ mode: 'SIMPLE', credentialName: 'cert' },`),
    wrong: server(`{ mode: 'SIMPLE', credentialsName: 'cert' }, // refused: Did you mean to write 'credentialName'?`),
  },
  {
    mistake: 'a bare port number',
    right: server(`{ mode: 'PASSTHROUGH' },`, `{ number: 443, name: 'tls', protocol: 'TLS' }`),
    wrong: `new Gateway(chart, 'gateway', { servers: [{ hosts: ['*'], port: 443 }] }); // refused: Type 'number' is not assignable to type 'Port'`,
  },
  {
    mistake: 'a port without protocol',
    right: `new Gateway(chart, 'gateway', { servers: [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] });`,
    wrong: `new Gateway(chart, 'gateway', { servers: [{ hosts: ['*'], port: { number: 80, name: 'http' } }] }); // refused: Property 'protocol' is missing`,
  },
  {
    mistake: 'host for hosts',
    right: `new Gateway(chart, 'gateway', { servers: [{ hosts: ['a'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] });`,
    wrong: `new Gateway(chart, 'gateway', { servers: [{ host: ['a'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] }); // refused: Did you mean to write 'hosts'?`,
  },
];

export const soundGateways: readonly Sound[] = [
  { what: 'a redirect to HTTPS', right: server('{ httpsRedirect: true },', `{ number: 80, name: 'http', protocol: 'HTTP' }`) },
  { what: 'several certificates', right: server(`{ mode: 'SIMPLE', credentialNames: ['rsa', 'ecdsa'] },`) },
  {
    what: 'certificates of files',
    right: server(`{ mode: 'MUTUAL', tlsCertificates: [{ serverCertificate: '/c', privateKey: '/k' }], caCertificates: '/ca' },`),
  },
  {
    what: 'objects of any cdk8s-plus as what they name',
    right: `import { Deployment, Secret, Service, ServiceAccount } from 'cdk8s-plus-27';
const secret = new Secret(chart, 'secret');
const workload = new Deployment(chart, 'workload', { containers: [{ image: 'a' }] });
const service = new Service(chart, 'service', { ports: [{ port: 80 }] });
const account = new ServiceAccount(chart, 'account');
new Gateway(chart, 'gateway', {
  selector: workload,
  servers: [{ hosts: ['*'], port: { number: 443, name: 'https', protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: secret } }],
});
new VirtualService(chart, 'routes', { hosts: ['a'], http: [{ route: [{ destination: { host: service } }], mirror: { host: service } }] });
new AuthorizationPolicy(chart, 'policy', { selector: workload, rules: [{ from: [{ source: { principals: [account] } }] }] });
new Telemetry(chart, 'telemetry', { targetRefs: [service] });
new Sidecar(chart, 'sidecar', { workloadSelector: workload, egress: [{ hosts: [service, './*'] }] });
new WorkloadEntry(chart, 'entry', { address: '1.1.1.1', serviceAccount: account });`,
  },
];
