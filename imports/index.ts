// Generated from the CustomResourceDefinitions of releases 1.8 to 1.31 by "npm run generate". Do not edit.
export type * from './shared';
export type * from './extensions.istio.io';
export type * from './networking.istio.io';
export type * from './security.istio.io';
export type * from './telemetry.istio.io';
export * from './releases';
export type * from './schema';
export * from './tables';
export type * from './unset';
