import type { Diagnostic, Severity } from '../manifest/diagnostic';
import { formatIdentity } from './pretty';

const commands: { readonly [severity in Severity]: string } = { error: 'error', warning: 'warning', info: 'notice' };

/** Findings as GitHub Actions workflow commands, one per line, which GitHub shows beside the lines of a pull request. */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${command(diagnostic)}\n`).join('');
}

function command({ code, severity, object, path, message, location, fix }: Diagnostic): string {
  const properties: [name: string, value: string][] = [];
  if (location !== undefined) {
    properties.push(['file', location.file.replaceAll('\\', '/')], ['line', String(location.line)]);
    if (location.column !== undefined) {
      properties.push(['col', String(location.column)]);
    }
  }
  properties.push(['title', code]);
  const subject = [object === undefined ? '' : formatIdentity(object), path].filter((part) => part !== '').join(' ');
  const text = [subject === '' ? message : `${subject}: ${message}`, ...(fix === undefined ? [] : [`Fix: ${fix}`])].join('\n');
  return `::${commands[severity]} ${properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(',')}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
