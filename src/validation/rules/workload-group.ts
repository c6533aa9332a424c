import { ruleTable } from '../../manifest/rule';
import { example, indent } from './example';

const template = 'template:\n  serviceAccount: vm';
const group = (probe: string) => example('WorkloadGroup', `${template}\nprobe:\n${indent(probe)}`);

/** Rules about WorkloadGroups. */
export const workloadGroupRules = ruleTable({
  templateMissing: {
    code: 'workload-group/template-missing',
    severity: 'error',
    istiod: ['WG1'],
    title: 'A WorkloadGroup has no template.',
    effect: 'The cluster refuses the object.',
    fix: 'write a template; template: {} is enough',
    bad: example('WorkloadGroup', 'metadata:\n  labels:\n    app: vm'),
    good: example('WorkloadGroup', `metadata:\n  labels:\n    app: vm\n${template}`),
  },
  probeNegative: {
    code: 'workload-group/probe-negative',
    severity: 'error',
    istiod: ['WG3'],
    title: 'A number of a probe is negative.',
    effect: 'The cluster refuses the object.',
    fix: 'write 0 or more',
    bad: group('periodSeconds: -1\ntcpSocket:\n  port: 80'),
    good: group('periodSeconds: 10\ntcpSocket:\n  port: 80'),
  },
  probeScheme: {
    code: 'workload-group/probe-scheme',
    severity: 'error',
    istiod: ['WG4'],
    title: 'The scheme of a probe is neither HTTP nor HTTPS.',
    effect: 'The cluster refuses the object.',
    fix: 'write HTTP or HTTPS in capitals, or leave it out for HTTP',
    bad: group('httpGet:\n  port: 80\n  scheme: https'),
    good: group('httpGet:\n  port: 80\n  scheme: HTTPS'),
  },
  probeCommand: {
    code: 'workload-group/probe-command',
    severity: 'error',
    istiod: ['WG5'],
    title: 'A probe runs a command, but names none.',
    effect: 'The cluster refuses the object.',
    fix: 'write the command as a list',
    bad: group('exec:\n  command: []'),
    good: group('exec:\n  command: [/bin/ready]'),
  },
  probeMethod: {
    code: 'workload-group/probe-method',
    severity: 'error',
    istiod: ['WG6'],
    title: 'A probe says nothing that istiod can probe; gRPC is not supported, although the schema has it.',
    effect: 'The cluster refuses the object.',
    fix: 'use httpGet, tcpSocket or exec',
    bad: group('grpc:\n  port: 9090'),
    good: group('tcpSocket:\n  port: 9090'),
  },
});
