import { readFileSync } from 'node:fs';

/**
 * Code samples of a page. A comment right above a fenced block says what the test does with it:
 * `<!-- file: NAME -->` writes it into the page's project (programs and tests are run), `<!-- output: NAME -->` compares it with a file that the project made,
 * `<!-- run -->` runs it as shell commands (`<!-- run: exit 1 -->` expects that exit code), `<!-- prints -->` compares it with what the last run printed.
 * TypeScript without a comment is a snippet whose lines with `// refused: TEXT` must not compile, for that reason; all its other lines must.
 */
export interface Sample {
  readonly language: string;
  readonly text: string;
  readonly line: number;
  readonly use: 'file' | 'output' | 'run' | 'prints' | 'snippet' | 'none';
  /** The file name, or what stands behind the colon. */
  readonly detail: string;
}

const directive = /^<!-- (file|output|run|prints)(?:: (.*))? -->$/;

/** All fenced blocks of a Markdown page. */
export function samplesOf(page: string): Sample[] {
  const lines = readFileSync(page, 'utf8').split('\n');
  const samples: Sample[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const fence = /^```(\w*)$/.exec(lines[index] ?? '');
    if (!fence) continue;
    const end = lines.indexOf('```', index + 1);
    if (end < 0) throw new Error(`${page}:${index + 1}: the code block is not closed`);
    const language = fence[1] ?? '';
    const [, use, detail = ''] = directive.exec(lines[index - 1] ?? '') ?? [];
    const plain = language === 'ts' ? 'snippet' : 'none';
    samples.push({ language, text: `${lines.slice(index + 1, end).join('\n')}\n`, line: index + 1, use: (use as Sample['use']) ?? plain, detail });
    index = end;
  }
  return samples;
}
