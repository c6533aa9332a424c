import { ruleTable } from '../../manifest/rule';
import { example, indent } from './example';

const pool = (fields: string) => example('DestinationRule', `host: reviews\ntrafficPolicy:\n  connectionPool:\n${indent(indent(fields))}`);
const http = (fields: string) => pool(`http:\n${indent(fields)}`);

/** Rules about connection pools. */
export const connectionPoolRules = ruleTable({
  empty: {
    code: 'connection-pool/empty',
    severity: 'error',
    istiod: ['CP1', 'SC10'],
    title: 'A connection pool has settings neither for HTTP nor for TCP.',
    effect: 'The cluster refuses the object.',
    fix: 'set http or tcp, or remove the connection pool',
    bad: example('DestinationRule', 'host: reviews\ntrafficPolicy:\n  connectionPool: {}'),
    good: pool('tcp:\n  maxConnections: 100'),
  },
  negative: {
    code: 'connection-pool/negative',
    severity: 'error',
    istiod: ['CP2', 'SC10'],
    title: 'A limit of a connection pool is negative.',
    effect: 'The cluster refuses the object.',
    fix: 'write 0 or more; leave the field out for the default',
    bad: pool('tcp:\n  maxConnections: -1'),
    good: pool('tcp:\n  maxConnections: 100'),
  },
  upgradeAndClientProtocol: {
    code: 'connection-pool/upgrade-and-client-protocol',
    severity: 'error',
    istiod: ['CP4', 'SC10'],
    title: "A connection pool both upgrades requests to HTTP/2 and keeps the client's protocol.",
    effect: 'The cluster refuses the object.',
    fix: 'keep one of h2UpgradePolicy: UPGRADE and useClientProtocol: true',
    bad: http('h2UpgradePolicy: UPGRADE\nuseClientProtocol: true'),
    good: http('useClientProtocol: true'),
  },
  keepAliveIncomplete: {
    code: 'connection-pool/keep-alive-incomplete',
    severity: 'error',
    istiod: ['CP5', 'SC10'],
    since: '1.31',
    title: 'The keep-alive of HTTP/2 lacks its interval or its timeout.',
    effect: 'The cluster refuses the object.',
    fix: 'set both interval and timeout',
    bad: http('http2KeepAlive:\n  interval: 30s'),
    good: http('http2KeepAlive:\n  interval: 30s\n  timeout: 5s'),
  },
});
