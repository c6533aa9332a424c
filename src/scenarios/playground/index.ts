export * from './bookinfo';
export * from './metallb';
export * from './mtls';
export * from './traffic-shifting';
