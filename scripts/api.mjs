import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareFolders } from './compare-folders.mjs';
import { compilerOptions } from './roll-up.mjs';
import { isStarted, root } from './run.mjs';
import { setUp } from './setup.mjs';

/** The reports of the public surface: one for the root of the package and one for each subpath. */
const reportFolder = join(root, 'etc');

/**
 * Writes a report for each entry point of the built package.
 *
 * @param {string} folder
 * @returns {Promise<string[]>} what stands in the way, one line each
 */
async function writeReports(folder) {
  const { Extractor, ExtractorConfig } = await import('@microsoft/api-extractor');
  /** @type {string[]} */
  const problems = [];
  mkdirSync(folder, { recursive: true });
  const entries = entryPoints();
  const overrideTsconfig = { compilerOptions, files: entries.map(([, declarations]) => declarations) };
  for (const [name, declarations] of entries) {
    const config = ExtractorConfig.prepare({
      packageJsonFullPath: join(root, 'package.json'),
      configObjectFullPath: undefined,
      configObject: {
        projectFolder: root,
        mainEntryPointFilePath: join(root, declarations),
        compiler: { overrideTsconfig },
        apiReport: { enabled: true, reportFileName: `${name}.api.md`, reportFolder: folder, reportTempFolder: folder },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        newlineKind: 'lf',
        messages: quiet,
      },
    });
    Extractor.invoke(config, {
      localBuild: true,
      messageCallback: (message) => {
        message.handled = true;
        if (message.logLevel === 'error') problems.push(message.formatMessageWithLocation(root));
      },
    });
  }
  return problems;
}

const loud = { logLevel: /** @type {import('@microsoft/api-extractor').ExtractorLogLevel} */ ('error') };
const silent = { logLevel: /** @type {import('@microsoft/api-extractor').ExtractorLogLevel} */ ('none') };

/**
 * The report is there to be read as a diff. Notes on style would only hide what changed.
 *
 * @type {import('@microsoft/api-extractor').IExtractorMessagesConfig}
 */
const quiet = {
  compilerMessageReporting: { default: loud },
  extractorMessageReporting: { default: silent },
  tsdocMessageReporting: { default: silent },
};

/** @returns {[name: string, declarations: string][]} */
function entryPoints() {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries(exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([subpath, target]) => [`${name}${subpath.slice(1).replaceAll('/', '-')}`, target.types]);
}

/** Whether the committed reports say what the built package says. */
export async function checkApi() {
  const fresh = mkdtempSync(join(tmpdir(), 'api-report-'));
  try {
    const problems = [...(await writeReports(fresh)), ...compareFolders(reportFolder, fresh)];
    if (problems.length === 0) return { ok: true, output: '' };
    return { ok: false, output: [...problems, 'If the change of the public surface is meant, run `npm run build && npm run api` and commit etc/.'].join('\n') };
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

if (isStarted(import.meta)) {
  setUp();
  if (existsSync(reportFolder)) rmSync(reportFolder, { recursive: true });
  const problems = await writeReports(reportFolder);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
