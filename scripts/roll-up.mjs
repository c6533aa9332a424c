import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './run.mjs';

/** How the declarations of the built package are read. */
export const compilerOptions = {
  target: 'es2022',
  lib: ['es2022'],
  module: 'node16',
  moduleResolution: 'node16',
  strict: true,
  types: [],
  skipLibCheck: true,
};

const silent = { logLevel: /** @type {import('@microsoft/api-extractor').ExtractorLogLevel} */ ('none') };

/**
 * Puts all declarations of the root entry into one file. A compiler reads one file of 180 kB in two thirds of the time that it needs for the hundred files
 * that they come from, and everyone who imports the package pays for that on each compilation.
 *
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function rollUp() {
  const { Extractor, ExtractorConfig } = await import('@microsoft/api-extractor');
  const entry = join(root, 'lib', 'src', 'index.d.ts');
  const scratch = mkdtempSync(join(tmpdir(), 'roll-up-'));
  try {
    const config = ExtractorConfig.prepare({
      packageJsonFullPath: join(root, 'package.json'),
      configObjectFullPath: undefined,
      configObject: {
        projectFolder: root,
        mainEntryPointFilePath: entry,
        compiler: { overrideTsconfig: { compilerOptions, files: [entry] } },
        apiReport: { enabled: false },
        docModel: { enabled: false },
        tsdocMetadata: { enabled: false },
        dtsRollup: { enabled: true, untrimmedFilePath: join(scratch, 'index.d.ts') },
        newlineKind: 'lf',
        messages: {
          compilerMessageReporting: { default: { logLevel: /** @type {import('@microsoft/api-extractor').ExtractorLogLevel} */ ('error') } },
          extractorMessageReporting: { default: silent },
          tsdocMessageReporting: { default: silent },
        },
      },
    });
    /** @type {string[]} */
    const problems = [];
    Extractor.invoke(config, {
      localBuild: true,
      messageCallback: (message) => {
        message.handled = true;
        if (message.logLevel === 'error') problems.push(message.formatMessageWithLocation(root));
      },
    });
    if (problems.length === 0) copyFileSync(join(scratch, 'index.d.ts'), entry);
    return { ok: problems.length === 0, output: problems.join('\n') };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
