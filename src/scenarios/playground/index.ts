export * from './bookinfo';
export * from './traffic-shifting';
