/** A longer run of blanks counts as text, so that it need not be kept until its line ends. */
const LONGEST_BLANKS = 65_536;

/** More is not collected before it is handed on. */
const TOGETHER = 65_536;

/** Hands text on without what transport changes: kinds of line ends, white space at line ends, blank lines at both ends. */
export class TextNormaliser {
  private hasText = false;
  private newlines = 0;
  private blanks = '';
  private ready = '';

  constructor(private readonly onText: (text: string) => void) {}

  write(text: string): void {
    const lines = text.includes('\r') ? text.replaceAll('\r', '') : text;
    if (hasBlanksAtLineEnds(lines)) {
      const [first = '', ...others] = lines.split('\n');
      this.writeWithinLine(first);
      for (const line of others) {
        this.endLines(1);
        this.writeWithinLine(line);
      }
    } else {
      const [from, until, blanks] = edgesOf(lines);
      this.endLines(from);
      this.writeWithinLine(lines.slice(from, until));
      this.endLines(blanks - until);
      this.writeWithinLine(lines.slice(blanks));
    }
    this.handOn();
  }

  private endLines(count: number): void {
    if (count === 0) return;
    this.newlines += count;
    this.blanks = '';
  }

  private writeWithinLine(text: string): void {
    const core = withoutBlanksAtEnd(text);
    if (core !== '') {
      this.flush();
      this.put(core);
      this.hasText = true;
      this.blanks = text.slice(core.length);
    } else this.blanks += text;
    while (this.blanks.length > LONGEST_BLANKS) {
      const kept = this.blanks.slice(LONGEST_BLANKS);
      this.blanks = this.blanks.slice(0, LONGEST_BLANKS);
      this.flush();
      this.hasText = true;
      this.blanks = kept;
    }
  }

  private flush(): void {
    // Repeated in bounded pieces: a message may hold nothing but line ends.
    for (let left = this.hasText ? this.newlines : 0; left > 0; left -= TOGETHER)
      this.put('\n'.repeat(Math.min(left, TOGETHER)));
    this.newlines = 0;
    if (this.blanks !== '') this.put(this.blanks);
    this.blanks = '';
  }

  private put(text: string): void {
    this.ready += text;
    if (this.ready.length > TOGETHER) this.handOn();
  }

  private handOn(): void {
    if (this.ready === '') return;
    this.onText(this.ready);
    this.ready = '';
  }
}

function hasBlanksAtLineEnds(text: string): boolean {
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
    if (end > 0 && BLANKS.includes(text.charAt(end - 1))) return true;
  }
  return false;
}

/** Where lines without blanks at their ends begin and end; line ends follow, then the blanks that the text ends with. */
function edgesOf(text: string): readonly [from: number, until: number, blanks: number] {
  let from = 0;
  while (text[from] === '\n') from += 1;
  let blanks = text.length;
  while (blanks > from && BLANKS.includes(text.charAt(blanks - 1))) blanks -= 1;
  let until = blanks;
  while (until > from && text[until - 1] === '\n') until -= 1;
  return [from, until, blanks];
}

const BLANKS = ' \t\u00a0';

/** A loop and no pattern: a pattern takes quadratic time for a hostile run of blanks. */
function withoutBlanksAtEnd(text: string): string {
  let end = text.length;
  while (end > 0 && BLANKS.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
