/** How many are kept before all are forgotten: what comes again is soon there again. */
const MOST = 200;

/** What was read of short texts, of which many messages have the same: nearly each is written to the practice, and by few programs. */
export class KeptResults<T> {
  private readonly results = new Map<string, T>();

  /** @param longest characters of a text that is kept */
  constructor(private readonly longest: number) {}

  get(text: string): T | undefined {
    return this.results.get(text);
  }

  /** Returns the result. */
  keep(text: string, result: T): T {
    if (text.length > this.longest) return result;
    if (this.results.size >= MOST) this.results.clear();
    this.results.set(text, result);
    return result;
  }
}
