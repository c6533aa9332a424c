export { renderGithub } from './github';
export { type DiagnosticJson, type ReportJson, renderJson, toJson } from './json';
export { formatIdentity, formatLocation, type PrettyOptions, renderPretty } from './pretty';
export { renderSarif, type SarifOptions, type SarifRule } from './sarif';
export { type Summary, summarize, summaryLine } from './summary';
