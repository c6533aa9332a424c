import { isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceLocation } from '../manifest/diagnostic';

/** The key under which a construct carries its call site; rooms below this one read `construct[Symbol.for('cdk8s-istio.author')]?.location`. */
const AUTHOR = Symbol.for('cdk8s-istio.author');

/** The folder of the running code of this package: `src` in a checkout, `lib/src` when installed. */
const OWN_FOLDER = resolve(__dirname, '..') + sep;

/** Frames enough to see through a pattern of this package and a library in node_modules around it; each costs time on every construct. */
const DEPTH = 12;

type Formatter = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/** Transpilers such as ts-node install a formatter that knows their source maps before they load us; a program may later replace it by one that does not. */
const formatting: { prepareStackTrace?: Formatter | undefined } = Error;
const formatterAtLoad = formatting.prepareStackTrace;

/** A call that was made: an unread stack trace until somebody asks for the location. */
class CallSite {
  /** Written by node when it is first read; taking it formats nothing. */
  declare stack?: unknown;
  private found: SourceLocation | null | undefined = null;

  get location(): SourceLocation | undefined {
    if (this.found === null) {
      this.found = placesOf(this).find(isOutside);
      delete this.stack;
    }
    return this.found;
  }
}

function captureCallSite(): CallSite {
  const site = new CallSite();
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  Error.captureStackTrace(site);
  Error.stackTraceLimit = limit;
  return site;
}

/** Notes where the running constructor was called from; costs a few microseconds, and formats nothing. */
export function recordAuthor(construct: object): void {
  Object.defineProperty(construct, AUTHOR, { value: captureCallSite(), configurable: true });
}

/**
 * The author's file and line of a construct of this package: of the first frame of the constructor call that lies outside this package and outside node_modules.
 * Undefined for other constructs, and where no file called, as in `node --eval`.
 */
export function authorLocation(construct: object): SourceLocation | undefined {
  return (construct as { [AUTHOR]?: CallSite })[AUTHOR]?.location;
}

/** The author's place of a construct with the file as the author would write it: relative to where the program runs, when it lies below. */
export function displayedLocation(construct: object): SourceLocation | undefined {
  const location = authorLocation(construct);
  if (!location) return undefined;
  const file = relative(process.cwd(), location.file);
  return file.startsWith('..') || isAbsolute(file) ? location : { ...location, file };
}

/** The author's place of the call that is running now. */
export function callerLocation(): SourceLocation | undefined {
  return captureCallSite().location;
}

function isOutside({ file }: SourceLocation): boolean {
  return !file.startsWith(OWN_FOLDER) && !/[\\/]node_modules[\\/]/.test(file);
}

/** ` (src/app.ts:12)`, to end an error message with; empty when the place is not known. */
export function writtenAt(location: SourceLocation | undefined): string {
  return location ? ` (${location.file}:${location.line})` : '';
}

/** The places of a trace, innermost first, in the text that the author wrote where the running code was made from it. */
function placesOf(trace: { stack?: unknown }): readonly SourceLocation[] {
  const current = formatting.prepareStackTrace;
  let frames: NodeJS.CallSite[] = [];
  const format = (error: Error, callSites: NodeJS.CallSite[]): unknown => {
    frames = callSites;
    return formatterAtLoad?.(error, callSites);
  };
  try {
    // Without any formatter node itself writes the text: by source maps when they are switched on, or by a formatter of the realm around, as jest has one.
    formatting.prepareStackTrace = formatterAtLoad && format;
    const text = trace.stack;
    const places = typeof text === 'string' ? text.split('\n').flatMap(placeInText) : [];
    return places.length > 0 ? places : frames.flatMap(placeOfFrame);
  } catch {
    return frames.flatMap(placeOfFrame); // The formatter is the user's, and could not do with this trace.
  } finally {
    formatting.prepareStackTrace = current;
  }
}

const framePattern = /^ +at(?: .*?)?[ (]((?:file:\/\/|\/|[A-Za-z]:[\\/]).*):(\d+):(\d+)\)?$/;

function placeInText(line: string): SourceLocation[] {
  const [, name = '', row, column] = (line.includes('eval at ') ? null : framePattern.exec(line)) ?? [];
  return place(name, Number(row), Number(column));
}

function placeOfFrame(frame: NodeJS.CallSite): SourceLocation[] {
  return place(frame.getFileName() ?? '', frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1);
}

/** Internals of node (`node:internal/...`), evaluated text and the like have no path, and so no place. */
function place(name: string, line: number, column: number): SourceLocation[] {
  const file = name.startsWith('file:') ? fileURLToPath(name) : name;
  return isAbsolute(file) ? [{ file, line, column }] : [];
}
