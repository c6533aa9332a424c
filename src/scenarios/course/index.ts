export * from './gateway-hosts';
export * from './hello-world';
export * from './weighted';
