export type * from '../imports';
export * from './constructs';
export type { SourceLocation } from './manifest/diagnostic';
export * from './patterns';
