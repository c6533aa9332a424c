export { catalogue } from './catalogue';
export type * from './claim';
export * as classic from './classic';
export * as course from './course';
export * as kubeMeshy from './kube-meshy';
export * as playground from './playground';
export type { KustomizePatch, PatchOperation, Scenario, ScenarioChartClass, Source, Step, ToolFile } from './scenario';
export { manifestsOf } from './scenario';
export { ScenarioChart, type ScenarioProps } from './scenario-chart';
