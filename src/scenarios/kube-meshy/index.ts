export * from './cluster-to-cluster';
export * from './dashboards';
export * from './egress';
export * from './gateway';
export * from './lua-callout';
export * from './retries';
export * from './traffic-shifting';
export * from './workloads';
