export type { AlternativeReport, CallReport, HopReport, Numbers } from './call-report';
export { fits, valueAt } from './expectation';
export { type Difference, differences, type Judgement } from './judge';
export { ManifestFiles } from './manifest-files';
export { type CaseProblem, holdsTests, readCases, type WrittenCase } from './read-cases';
export { type CallRun, type CaseRun, runCase, type SpokenOf } from './run-case';
export type { Expected, TrafficCall, TrafficCase } from './traffic-case';
