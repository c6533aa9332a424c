import { ruleTable } from '../../manifest/rule';
import { example, indent } from './example';

const workload = (fields: string) => example('WorkloadEntry', fields);
const entry = (resolution: string, endpoint: string, ports = '- number: 80\n  name: http\n  protocol: HTTP') =>
  example('ServiceEntry', `hosts: [api.example.com]\nports:\n${ports}\nresolution: ${resolution}\nendpoints:\n- ${indent(endpoint).trimStart()}`);

/** Rules about the addresses and ports of workloads outside Kubernetes. */
export const endpointRules = ruleTable({
  addressMissing: {
    code: 'endpoint/address-missing',
    severity: 'error',
    istiod: ['WE1', 'SE13'],
    title: 'A workload has neither an address nor a network.',
    effect: 'The cluster refuses the object.',
    fix: 'write the IP address of the workload',
    bad: workload('labels:\n  app: vm'),
    good: workload('address: 10.0.0.5\nlabels:\n  app: vm'),
  },
  addressMissingInNetwork: {
    code: 'endpoint/address-missing-in-network',
    severity: 'warning',
    istiod: ['WE2', 'SE13'],
    title: 'A workload has a network, but no address.',
    effect: 'Traffic reaches it through the gateway of its network only.',
    fix: 'write the address too, unless the gateway is what you mean',
    bad: workload('network: vm-network'),
    good: workload('address: 10.0.0.5\nnetwork: vm-network'),
  },
  socketPath: {
    code: 'endpoint/socket-path',
    severity: 'error',
    istiod: ['WE3'],
    title: 'The path of a Unix domain socket is malformed.',
    effect: 'The cluster refuses the object.',
    fix: 'write unix:// and an absolute path, such as unix:///var/run/app.sock',
    bad: workload('address: unix://app.sock'),
    good: workload('address: unix:///var/run/app.sock'),
  },
  socketWithPorts: {
    code: 'endpoint/socket-with-ports',
    severity: 'error',
    istiod: ['WE3'],
    title: 'A Unix domain socket has ports.',
    effect: 'The cluster refuses the object.',
    fix: 'remove the ports',
    bad: workload('address: unix:///var/run/app.sock\nports:\n  http: 80'),
    good: workload('address: unix:///var/run/app.sock'),
  },
  socketForSeveralPorts: {
    code: 'endpoint/socket-for-several-ports',
    severity: 'error',
    istiod: ['WE7'],
    title: 'A Unix domain socket is an endpoint of a ServiceEntry that has not just one port.',
    effect: 'The cluster refuses the object.',
    fix: 'give the ServiceEntry one port',
    bad: entry('STATIC', 'address: unix:///var/run/app.sock', '- number: 80\n  name: http\n- number: 81\n  name: admin'),
    good: entry('STATIC', 'address: unix:///var/run/app.sock'),
  },
  address: {
    code: 'endpoint/address',
    severity: 'error',
    istiod: ['WE4', 'SE16'],
    title: 'An address is neither an IP address nor a domain name.',
    effect: 'The cluster refuses the object.',
    fix: 'write an IP address, or a domain name without wildcards and without a port',
    bad: workload('address: vm_1.example.com'),
    good: workload('address: vm-1.example.com'),
  },
  notIp: {
    code: 'endpoint/not-an-ip',
    severity: 'error',
    istiod: ['WE4', 'SE13'],
    title: 'An endpoint of a ServiceEntry with the resolution STATIC is no IP address.',
    effect: 'The cluster refuses the object.',
    fix: 'write an IP address, or use the resolution DNS',
    bad: entry('STATIC', 'address: vm-1.example.com'),
    good: entry('DNS', 'address: vm-1.example.com'),
  },
  unknownPort: {
    code: 'endpoint/unknown-port',
    severity: 'error',
    istiod: ['WE5', 'SE16'],
    title: 'An endpoint gives a number to a port that its ServiceEntry does not have.',
    effect: 'The cluster refuses the object.',
    fix: 'use the names of the ports of the ServiceEntry',
    bad: entry('STATIC', 'address: 10.0.0.5\nports:\n  web: 8080'),
    good: entry('STATIC', 'address: 10.0.0.5\nports:\n  http: 8080'),
  },
});
