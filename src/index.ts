export type * from '../imports';
export * from './constructs';
export * from './patterns';
export type { SourceLocation } from './manifest/diagnostic';
