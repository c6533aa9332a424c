import pc from 'picocolors';
import type { Diagnostic, ObjectIdentity, Severity, SourceLocation } from '../manifest/diagnostic';

/** How findings are shown to people. */
export interface PrettyOptions {
  /** Whether to colour; the caller knows whether this goes to a terminal and what `NO_COLOR` says. Default: no. */
  readonly color?: boolean;
  /** The text of a file, for the lines around a finding; nothing when it cannot be read. Default: no lines are shown. */
  readonly source?: (file: string) => string | undefined;
}

type Colors = ReturnType<typeof pc.createColors>;

/** Findings as text for people, an empty line between them; it ends without a line break. */
export function renderPretty(diagnostics: readonly Diagnostic[], { color = false, source }: PrettyOptions = {}): string {
  const colors = pc.createColors(color);
  const lines = lineReader(source);
  return diagnostics.map((diagnostic) => renderOne(diagnostic, colors, lines)).join('\n\n');
}

function renderOne(diagnostic: Diagnostic, colors: Colors, lines: LineReader): string {
  const { code, aliases = [], severity, object, path, message, location, construct, related = [], fix, help } = diagnostic;
  const title = [severityColor(colors, severity)(severity), ' ', colors.bold(code), aliases.length > 0 ? colors.dim(` (${aliases.join(', ')})`) : ''];
  const place = [location === undefined ? undefined : colors.cyan(formatLocation(location)), path || undefined, construct && `construct ${construct}`];
  const output = [title.join('') + (object === undefined ? '' : `  ${formatIdentity(object)}`)];
  if (place.some((part) => part !== undefined)) {
    output.push(`  ${place.filter((part) => part !== undefined).join('  ')}`);
  }
  output.push(...message.split('\n').map((line) => `    ${line}`));
  if (location !== undefined) {
    output.push(...codeFrame(location, severity, colors, lines));
  }
  for (const other of related) {
    const where = [other.location && colors.cyan(formatLocation(other.location)), other.object && formatIdentity(other.object), other.path || undefined];
    const prefix = where.filter((part) => part !== undefined).join('  ');
    output.push(...labelled(colors.dim('see '), prefix === '' ? other.message : `${prefix}  ${other.message}`));
  }
  if (fix !== undefined) {
    output.push(...labelled(colors.green('fix '), fix));
  }
  if (help !== undefined) {
    output.push(...labelled(colors.dim('help'), help));
  }
  return output.join('\n');
}

function severityColor(colors: Colors, severity: Severity): (text: string) => string {
  return severity === 'error' ? colors.red : severity === 'warning' ? colors.yellow : colors.blue;
}

function labelled(label: string, text: string): string[] {
  return text.split('\n').map((line, index) => (index === 0 ? `  ${label} ${line}` : `       ${line}`));
}

/** A place as editors and terminals understand it: `file:line:column`. */
export function formatLocation({ file, line, column }: SourceLocation): string {
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}

/** An object as people name it: `VirtualService bookinfo/reviews`. */
export function formatIdentity({ kind, namespace, name }: ObjectIdentity): string {
  const title = kind || 'object without a kind';
  return name === '' ? title : `${title} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

type LineReader = (file: string) => readonly string[] | undefined;

/** Splits each file once, however many findings it has. */
function lineReader(source: PrettyOptions['source']): LineReader {
  const files = new Map<string, readonly string[] | undefined>();
  return (file) => {
    if (!files.has(file)) {
      files.set(
        file,
        source?.(file)
          ?.replace(/(?:\r\n|\r|\n)$/, '')
          .split(/\r\n|\r|\n/),
      );
    }
    return files.get(file);
  };
}

const frameWidth = 120;

/** The line of a finding with one above and one below, and a mark under its column. */
function codeFrame({ file, line, column }: SourceLocation, severity: Severity, colors: Colors, lines: LineReader): string[] {
  const content = lines(file);
  if (content?.[line - 1] === undefined) {
    return [];
  }
  const numberWidth = String(Math.min(line + 1, content.length)).length;
  // A line longer than the frame is cut so that the mark stays in view.
  const cut = Math.max(0, (column ?? 1) - frameWidth / 2);
  const from = (content[line - 1] as string).length > frameWidth ? cut : 0;
  const frame: string[] = [];
  for (let number = Math.max(1, line - 1); number <= Math.min(line + 1, content.length); number += 1) {
    const text = visible((content[number - 1] as string).slice(from, from + frameWidth));
    const gutter = `${number === line ? '>' : ' '} ${String(number).padStart(numberWidth)} |`;
    frame.push(`    ${colors.dim(gutter)}${text === '' ? '' : ` ${text}`}`);
    if (number === line && column !== undefined) {
      const mark = severityColor(colors, severity)('^');
      frame.push(`    ${colors.dim(`  ${' '.repeat(numberWidth)} |`)} ${' '.repeat(Math.max(0, column - 1 - from))}${mark}`);
    }
  }
  return frame;
}

/** Keeps columns where they are and terminals sane: every control character becomes one visible character. */
function visible(text: string): string {
  return text.replaceAll('\t', ' ').replace(/\p{Cc}/gu, '\ufffd');
}
