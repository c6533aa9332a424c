import { COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import type { YamlEvents } from './yaml-events';
import { unreadable } from './yaml-problem';

const tabbedLine = /(?:^|\n)[ -]*\t/;

/**
 * Refuses a tab at the beginning of a line that is otherwise blank or holds a comment, and behind the `-` of a list item. YAML 1.2 lets these pass, go-yaml
 * does not, except within brackets and quotes and, far enough to the right, directly below an unquoted value.
 */
export function refuseTabs({ events, source, original }: YamlEvents): void {
  if (!tabbedLine.test(source)) {
    return;
  }
  const tabs = [...source.matchAll(/(?<=^|\n)[ -]*\t/g)].map((match) => match.index + match[0].length - 1);
  const open: { readonly flow: '}' | ']' | undefined; readonly column: number }[] = [];
  let position = 0;
  /** The column of the block around the unquoted value that was read last, while nothing else has followed it. */
  let aroundPlain: number | undefined;
  let next = 0;
  for (const event of events) {
    const [start, end] = extent(event, position, open.at(-1)?.flow, source);
    for (; next < tabs.length && (tabs[next] as number) < start; next += 1) {
      refuse(tabs[next] as number);
    }
    while (next < tabs.length && (tabs[next] as number) < end) {
      next += 1;
    }
    track(event);
    position = Math.max(position, end);
    if (event.type === EVENT_ID.SCALAR) {
      aroundPlain = event.style === SCALAR_STYLE.PLAIN && event.valueStart >= 0 ? open.at(-1)?.column : undefined;
    } else if (event.type !== EVENT_ID.POP || end > start) {
      aroundPlain = undefined;
    }
  }
  for (; next < tabs.length; next += 1) {
    refuse(tabs[next] as number);
  }

  function track(event: Event): void {
    if (event.type === EVENT_ID.POP) {
      open.pop();
    } else if (event.type === EVENT_ID.DOCUMENT) {
      open.push({ flow: undefined, column: -1 });
    } else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      const flow = event.style === COLLECTION_STYLE.FLOW && '[{'.includes(source[event.start] as string);
      const inFlow = open.at(-1)?.flow;
      const closer = event.type === EVENT_ID.MAPPING ? '}' : ']';
      open.push({ flow: flow ? closer : inFlow, column: columnOf(event.start) });
    }
  }

  function columnOf(offset: number): number {
    return offset - (source.lastIndexOf('\n', offset - 1) + 1);
  }

  function refuse(tab: number): void {
    const continuesPlain = aroundPlain !== undefined && columnOf(tab) > aroundPlain && /^\s*$/.test(source.slice(position, tab));
    if (open.at(-1)?.flow !== undefined || continuesPlain) {
      return;
    }
    unreadable({
      code: 'yaml/syntax',
      path: '',
      offset: original(tab),
      message: 'A tab stands where this line is indented; kubectl refuses it, even on a line that is blank or a comment. The document cannot be read.',
      fix: 'replace the tab with spaces, or remove it',
    });
  }
}

/** The part of the text that an event covers; the end of a bracket is where the text behind its last entry closes it. */
function extent(event: Event, position: number, flow: '}' | ']' | undefined, source: string): readonly [start: number, end: number] {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return event.valueStart < 0 ? [position, position] : [event.valueStart, event.valueEnd];
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return [event.start, event.start];
    case EVENT_ID.ALIAS:
      return [event.anchorStart, event.anchorEnd];
    case EVENT_ID.POP: {
      const closed = flow === undefined ? -1 : source.indexOf(flow, position);
      return closed < 0 ? [position, position] : [closed, closed + 1];
    }
    default:
      return [position, position];
  }
}
