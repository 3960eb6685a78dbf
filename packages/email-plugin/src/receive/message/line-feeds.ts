/** A longer run of carriage returns is no line end. */
const MOST_HELD = 1000;
/** From its first carriage return on: a run of them without a line feed is looked through once. */
const LINE_ENDS = /(?<!\r)\r+\n/g;

/** Lines of a text, given in pieces, end with line feeds alone; other carriage returns stay. */
export class LineFeeds {
  /** Carriage returns that a line feed may follow. */
  private held = '';

  write(text: string): string {
    const whole = this.held + text;
    const end = endOfOthers(whole);
    this.held = whole.slice(end);
    const lines = whole.slice(0, end);
    return lines.includes('\r\r') ? lines.replace(LINE_ENDS, '\n') : lines.replace(/\r\n/g, '\n');
  }

  end(): string {
    return this.held;
  }
}

/** Where the carriage returns begin that a text ends with. */
function endOfOthers(text: string): number {
  let end = text.length;
  while (text.length - end < MOST_HELD && text[end - 1] === '\r') end -= 1;
  return end;
}
