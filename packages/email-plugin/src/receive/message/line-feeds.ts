/** A longer run of carriage returns is no line end. */
const LONGEST_RUN = 1000;
/** From its first carriage return on: a run of them is looked through once. */
const LINE_ENDS = new RegExp(`(?<!\\r)\\r{1,${String(LONGEST_RUN)}}\\n`, 'g');

/** Lines of a text, given in pieces, end with line feeds alone; other carriage returns stay. Where the pieces end makes no difference. */
export class LineFeeds {
  /** The carriage returns that the text ended with so far, of a run that is too long only the last. */
  private run = '';
  /** How many of these were handed on: none, so long as a line feed may follow. */
  private handedOn = 0;

  write(text: string): string {
    const whole = this.run + text;
    const begin = beginOfRun(whole);
    const isTooLong = whole.length - begin > LONGEST_RUN;
    const lines = withLineFeeds(isTooLong ? whole : whole.slice(0, begin)).slice(this.handedOn);
    this.run = whole.slice(begin);
    this.handedOn = isTooLong ? this.run.length : 0;
    return lines;
  }

  end(): string {
    return this.run.slice(this.handedOn);
  }
}

function withLineFeeds(text: string): string {
  return text.includes('\r\r') ? text.replace(LINE_ENDS, '\n') : text.replace(/\r\n/g, '\n');
}

/** Where the carriage returns begin that a text ends with; of a run that is too long the last. */
function beginOfRun(text: string): number {
  let begin = text.length;
  while (text.length - begin <= LONGEST_RUN && text[begin - 1] === '\r') begin -= 1;
  return begin;
}
