export * from './access-control';
export * from './auth';
export * from './canary';
export * from './egress';
export * from './ingress';
export * from './rate-limiting';
export * from './request-routing';
export * from './two-services';
